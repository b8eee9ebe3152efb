package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMaps;

/**
 * Changes the node that is about to be built; every bean of this type is called, in their order,
 * after the properties were applied.
 */
@FunctionalInterface
public interface ReplicatedMapsCustomizer {

  /** Changes the builder. */
  void customize(ReplicatedMaps.Builder builder);
}
