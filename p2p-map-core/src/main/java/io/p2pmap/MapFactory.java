package io.p2pmap;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.codec.CborCodecs;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.HostedMap;
import io.p2pmap.internal.engine.MapFrames;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.PresenceReplica;
import io.p2pmap.internal.replication.Replica;
import io.p2pmap.internal.replication.ReplicaSettings;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Puts a map together: codecs, replica, driver, and its place on the node. */
final class MapFactory {

  private final NodeSettings settings;
  private final UUID incarnation;
  private final Node node;
  private final StatusReport report;
  private final CborCodecs codecs;

  MapFactory(NodeSettings settings, UUID incarnation, Node node, StatusReport report) {
    this.settings = settings;
    this.incarnation = incarnation;
    this.node = node;
    this.report = report;
    this.codecs = new CborCodecs(settings.jacksonModules(), settings.classLoader());
  }

  <K, V> OpenMap<K, V> create(MapSpec<K, V> spec) {
    if (spec.options().persist()) {
      throw new UnsupportedOperationException(
          "Map '%s' is to be persisted, which this version can't do yet; leave persist out"
              .formatted(spec.name()));
    }
    return new OpenMap<>(
        spec, codecs, settings.clock(), (live, keys) -> host(spec, live, keys), report::status);
  }

  private HostedMap<Object> host(
      MapSpec<?, ?> spec,
      ConcurrentHashMap<Object, Entry<Object>> live,
      Function<byte[], Object> keys) {
    MapFrames<Object> frames = new MapFrames<>(spec.name(), keys);
    Replica<Object> replica = replica(spec.options(), live);
    return node.host(
        spec.name(), wakeups -> new ReplicaDriver<>(replica, live, frames, node::now, wakeups));
  }

  private Replica<Object> replica(
      MapSpec.Options<?> options, ConcurrentHashMap<Object, Entry<Object>> live) {
    Identity identity = new Identity(incarnation, incarnation, settings.nodeName());
    ReplicaSettings replicaSettings =
        ReplicaSettings.of(
            settings.syncInterval(),
            options.scanInterval(),
            options.tombstoneTtl(),
            settings.maxClockDrift());
    return options.pruneOnPeerDown()
        ? new PresenceReplica<>(identity, replicaSettings, live, node.now())
        : new ConvergentReplica<>(identity, replicaSettings, live, UUID::randomUUID, node.now());
  }

  static Now now(Clock clock) {
    return new Now(clock.millis(), System.nanoTime());
  }
}
