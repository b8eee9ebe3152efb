package io.p2pmap.internal.engine;

import io.p2pmap.internal.clock.Now;

/** The clocks of a node. Threading: any thread. */
public interface NodeClock {

  /** Reads both clocks. */
  Now now();
}
