package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMaps;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the node before the web server accepts requests and closes it after the last one was
 * answered. A closed node does not start again.
 */
final class ReplicatedMapsLifecycle implements SmartLifecycle {

  /** The web server starts, and stops, at {@code DEFAULT_PHASE - 2048}. */
  static final int PHASE = DEFAULT_PHASE - 4096;

  private final ReplicatedMaps maps;

  ReplicatedMapsLifecycle(ReplicatedMaps maps) {
    this.maps = maps;
  }

  @Override
  public void start() {
    maps.start();
  }

  @Override
  public void stop() {
    maps.close();
  }

  @Override
  public boolean isRunning() {
    return maps.isRunning();
  }

  /** False: a paused context, as the test context cache has them, is used again later. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
