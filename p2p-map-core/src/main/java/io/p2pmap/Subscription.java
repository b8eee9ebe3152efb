package io.p2pmap;

/** A listener's registration. Threading: any thread, also the listener's own. */
public interface Subscription extends AutoCloseable {

  /**
   * Ends the registration; at most the event that is being delivered still reaches the listener.
   */
  @Override
  void close();
}
