package io.p2pmap.benchmarks.systems;

import org.infinispan.configuration.cache.CacheMode;

/** A system that is compared. */
public enum MapSystem {
  /** This library. */
  P2P_MAP("p2p-map", 100_000),
  /** The limit. */
  BARE_JGROUPS("bare JGroups, hand-batched", 100_000),
  /** JGroups' replicated map. */
  REPLICATED_HASH_MAP("JGroups ReplicatedHashMap, async", 50_000),
  /** Hazelcast. */
  HAZELCAST("Hazelcast ReplicatedMap", 5_000),
  /** Infinispan, asynchronous. */
  INFINISPAN_ASYNC("Infinispan REPL_ASYNC", 5_000),
  /** Infinispan, synchronous. */
  INFINISPAN_SYNC("Infinispan REPL_SYNC", 5_000),
  /** No replication. */
  CONCURRENT_HASH_MAP("ConcurrentHashMap, alone", 100_000);

  private final String title;
  private final int entriesPerRound;

  MapSystem(String title, int entriesPerRound) {
    this.title = title;
    this.entriesPerRound = entriesPerRound;
  }

  /** Name for people. */
  public String title() {
    return title;
  }

  /** How many writes a round has, so that it takes less than a few seconds. */
  public int entriesPerRound() {
    return entriesPerRound;
  }

  /** Whether what one member writes reaches the others. */
  public boolean isReplicated() {
    return this != CONCURRENT_HASH_MAP;
  }

  /** Starts a member; returns when it has joined those that are there. */
  public MemberMap start(Place place) throws Exception {
    return switch (this) {
      case P2P_MAP -> new P2pMapMember(place);
      case BARE_JGROUPS -> new BareMember(place);
      case REPLICATED_HASH_MAP -> new ReplicatedHashMapMember(place);
      case HAZELCAST -> new HazelcastMember(place);
      case INFINISPAN_ASYNC -> new InfinispanMember(place, CacheMode.REPL_ASYNC);
      case INFINISPAN_SYNC -> new InfinispanMember(place, CacheMode.REPL_SYNC);
      case CONCURRENT_HASH_MAP -> new PlainMember();
    };
  }
}
