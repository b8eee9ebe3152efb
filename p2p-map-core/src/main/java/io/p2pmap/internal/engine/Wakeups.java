package io.p2pmap.internal.engine;

/** How a driver calls for its node's threads. Threading: any thread, never under a map's lock. */
public interface Wakeups {

  /** {@link ReplicaDriver#drain} has something to send. */
  void send();

  /** {@link ReplicaDriver#tick} is due earlier than it was. */
  void tick();

  /** An input was left half done; the replica must not be used any more. */
  void failed(Error cause);
}
