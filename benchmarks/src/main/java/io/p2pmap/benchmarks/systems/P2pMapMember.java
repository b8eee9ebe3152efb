package io.p2pmap.benchmarks.systems;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import org.jspecify.annotations.Nullable;

/** This library. */
final class P2pMapMember implements MemberMap {

  private final ReplicatedMaps node;
  private final ReplicatedMap<String, String> map;

  P2pMapMember(Place place) {
    node =
        ReplicatedMaps.builder()
            .clusterName(place.cluster())
            .nodeName("member-" + place.index())
            .bindAddress(Place.address())
            .bindPort(place.port())
            .portRange(0)
            .discovery(place::all)
            .build();
    map = node.open(MapSpec.of("benchmark", String.class, String.class));
    node.start();
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public void close() {
    node.close();
  }
}
