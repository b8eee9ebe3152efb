package io.p2pmap.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.p2pmap.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Observes what takes a while: joining, recovery, and transfers. Threading: any thread. */
final class NodeObservations implements Instrumentation {

  private final ObservationRegistry registry;

  NodeObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Ongoing joining() {
    return start(observation("p2pmap.join", "join the cluster"));
  }

  @Override
  public Ongoing recovering(String mapName) {
    return start(
        observation("p2pmap.recovery", "recover map " + mapName)
            .lowCardinalityKeyValue("map", mapName));
  }

  @Override
  public Ongoing receivingTransfer(String mapName, String kind) {
    return start(
        observation("p2pmap.transfer", "receive map " + mapName)
            .lowCardinalityKeyValue("map", mapName)
            .lowCardinalityKeyValue("kind", kind));
  }

  private Observation observation(String name, String contextualName) {
    return Observation.createNotStarted(name, registry).contextualName(contextualName);
  }

  private static Ongoing start(Observation observation) {
    observation.start();
    return (@Nullable Throwable failure) -> {
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    };
  }
}
