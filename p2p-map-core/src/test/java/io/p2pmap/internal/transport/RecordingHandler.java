package io.p2pmap.internal.transport;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps everything a transport reports. */
public final class RecordingHandler implements TransportHandler {

  /** One frame and who sent it. */
  public record Received(UUID sender, byte[] frame) {}

  private final List<View> views = new CopyOnWriteArrayList<>();
  private final List<Received> frames = new CopyOnWriteArrayList<>();

  @Override
  public void onView(View view) {
    views.add(view);
  }

  @Override
  public void onFrame(UUID sender, byte[] frame) {
    frames.add(new Received(sender, frame));
  }

  public List<View> views() {
    return views;
  }

  public View view() {
    return views.get(views.size() - 1);
  }

  public List<Received> received() {
    return frames;
  }

  public List<byte[]> framesFrom(UUID sender) {
    return frames.stream().filter(f -> f.sender().equals(sender)).map(Received::frame).toList();
  }
}
