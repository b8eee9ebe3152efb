package io.p2pmap.internal.engine;

import io.p2pmap.internal.transport.Transport;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that sends: it takes turns among the maps that have something to send, so that no
 * writer ever waits for the network. While it sends one batch, the next one fills.
 *
 * <p>Threading: any thread wakes it; {@link #close} waits for it.
 */
final class Sender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Something that can send for a while. */
  interface Source {

    /** Sends some of what is queued; returns whether more is left. */
    boolean drain(FrameSender sender);
  }

  private final Transport transport;
  private final LinkedBlockingQueue<Source> ready = new LinkedBlockingQueue<>();
  private final Source end = sender -> false;
  private final Thread thread;

  Sender(String nodeName, Transport transport, Consumer<Throwable> onFailure) {
    this.transport = transport;
    this.thread = Threads.daemon("p2pmap-send-" + nodeName, this::run, onFailure);
  }

  void start() {
    thread.start();
  }

  /** {@code source} has something to send. */
  void wake(Source source) {
    ready.add(source);
  }

  private void run() {
    try {
      for (Source source = ready.take(); source != end; source = ready.take()) {
        drain(source);
      }
      for (Source left = ready.poll(); left != null; left = ready.poll()) {
        drain(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(Source source) {
    try {
      if (source.drain(this::send)) {
        ready.add(source);
      }
    } catch (RuntimeException e) {
      LOG.error("A message could not be sent; the other nodes will ask for what it held", e);
    }
  }

  private void send(@Nullable UUID receiver, byte[] frame) {
    if (receiver == null) {
      transport.multicast(frame);
    } else {
      transport.unicast(receiver, frame);
    }
  }

  /** Sends what is queued, if that takes no more than two seconds, and ends the thread. */
  @Override
  public void close() {
    ready.add(end);
    Threads.join(thread, CLOSE_TIMEOUT);
  }
}
