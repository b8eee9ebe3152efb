package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A map on a node: its driver, and its place in the sender's queue.
 *
 * <p>Threading: any thread.
 *
 * @param <K> how the map identifies keys
 */
public final class HostedMap<K> implements Sender.Source, Wakeups {

  private final String name;
  private final ReplicaDriver<K> driver;
  private final Sender sender;
  private final Inbox inbox;
  private final Consumer<Throwable> onFailure;
  private final AtomicBoolean isQueued = new AtomicBoolean();

  HostedMap(
      String name,
      Sender sender,
      Inbox inbox,
      Consumer<Throwable> onFailure,
      Function<Wakeups, ReplicaDriver<K>> driver) {
    this.name = name;
    this.onFailure = onFailure;
    this.sender = sender;
    this.inbox = inbox;
    this.driver = driver.apply(this);
  }

  /** Name of the map. */
  public String name() {
    return name;
  }

  /** Drives the map's replica. */
  public ReplicaDriver<K> driver() {
    return driver;
  }

  @Override
  public void send() {
    if (isQueued.compareAndSet(false, true)) {
      sender.wake(this);
    }
  }

  @Override
  public void tick() {
    inbox.wake();
  }

  @Override
  public void failed(Error cause) {
    Threads.daemon("p2pmap-failure-" + name, () -> onFailure.accept(cause)).start();
  }

  @Override
  public boolean drain(FrameSender out) {
    isQueued.set(false);
    boolean hasMore = driver.drain(out);
    return hasMore && isQueued.compareAndSet(false, true);
  }

  /** Tells the other members that this node no longer hosts the map. */
  void sayGoodbye() {
    byte[] frame = new MapFrames<>(name, bytes -> bytes).encode(new Message.NotHosted<>());
    sender.wake(
        out -> {
          out.send(null, frame);
          return false;
        });
  }
}
