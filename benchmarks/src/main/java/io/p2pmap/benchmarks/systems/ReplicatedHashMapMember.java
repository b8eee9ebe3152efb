package io.p2pmap.benchmarks.systems;

import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;
import org.jgroups.protocols.pbcast.STATE_TRANSFER;
import org.jspecify.annotations.Nullable;

/** JGroups' own replicated map, asynchronous as it is by default. */
final class ReplicatedHashMapMember implements MemberMap {

  private static final long STATE_TIMEOUT_MILLIS = 60_000;

  private final JChannel channel;
  private final ReplicatedHashMap<String, String> map;

  ReplicatedHashMapMember(Place place) throws Exception {
    channel = Channels.create(place, new STATE_TRANSFER());
    map = new ReplicatedHashMap<>(channel);
    map.setBlockingUpdates(false);
    channel.connect(place.cluster());
    map.start(STATE_TIMEOUT_MILLIS);
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
    map.stop();
    channel.close();
  }
}
