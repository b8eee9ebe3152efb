package io.p2pmap;

import io.p2pmap.internal.engine.DurableReplica;
import io.p2pmap.internal.engine.HostedMap;
import org.jspecify.annotations.Nullable;

/** A map's place on its node, and in its store if it is persisted. */
record Hosting(HostedMap<Object> map, @Nullable DurableReplica<Object> durable) {

  static Hosting inMemory(HostedMap<Object> map) {
    return new Hosting(map, null);
  }
}
