package io.p2pmap;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.codec.CborCodecs;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.DurableReplica;
import io.p2pmap.internal.engine.HostedMap;
import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.MapFrames;
import io.p2pmap.internal.engine.MapProbe;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.PresenceReplica;
import io.p2pmap.internal.replication.Replica;
import io.p2pmap.internal.replication.ReplicaSettings;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StorageSettings;
import io.p2pmap.internal.storage.log.LogMapStores;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a map together: codecs, replica, driver, and its place on the node. */
final class MapFactory {

  /** Joining takes up to 6 s, a merge that fails once 10 s, and machines may have much to do. */
  private static final Duration MEETING = Duration.ofSeconds(30);

  private final NodeSettings settings;
  private final UUID incarnation;
  private final Node node;
  private final StatusReport report;
  private final Instrumentations instrumentations;
  private final NodeFeeds listeners;
  private final CborCodecs codecs;
  private final MapStores stores;

  MapFactory(
      NodeSettings settings,
      UUID incarnation,
      Node node,
      StatusReport report,
      NodeFeeds listeners) {
    this.settings = settings;
    this.incarnation = incarnation;
    this.node = node;
    this.report = report;
    this.instrumentations = settings.instrumentations();
    this.listeners = listeners;
    this.codecs = new CborCodecs(settings.jacksonModules(), settings.classLoader());
    this.stores =
        LogMapStores.of(
            settings.storageDirectory(),
            settings.storageName(),
            StorageSettings.defaults().onCorruption(settings.onCorruption()));
  }

  <K, V> OpenMap<K, V> create(MapSpec<K, V> spec) {
    if (spec.options().persist() && spec.options().pruneOnPeerDown()) {
      throw new IllegalArgumentException(
          "Map '%s' can't be persisted: a presence map ends with its nodes".formatted(spec.name()));
    }
    try {
      return new OpenMap<>(
          spec,
          validator(spec),
          codecs,
          settings.clock(),
          (live, keys) -> host(spec, live, keys),
          report);
    } catch (StorageException e) {
      throw new MapStorageException(
          "Map '%s' can't be opened: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  /** Removes the files of a map: of the one that was hosted here, or what an earlier one left. */
  void delete(String name, @Nullable Hosting hosting) {
    try {
      if (hosting != null) {
        hosting.deleteStorage();
      } else {
        stores.delete(name);
      }
    } catch (StorageException e) {
      throw new MapStorageException(
          "Files of map '%s' can't be removed: %s".formatted(name, e.getMessage()), e);
    }
  }

  private <V> ValueValidator<? super V> validator(MapSpec<?, V> spec) {
    ValueValidator<Object> ofType = settings.valueValidators().apply(spec.valueType()).orElse(null);
    return Validators.both(spec.options().validator(), ofType);
  }

  private Hosting host(
      MapSpec<?, ?> spec, ConcurrentHashMap<Object, Entry<Object>> live, Keys<?> keys) {
    MapFrames<Object> frames =
        new MapFrames<>(spec.name(), keys::identify, keys.arePlain(), probe(spec.name()));
    if (spec.options().persist()) {
      return durable(spec, live, keys::identify, frames);
    }
    Replica<Object> replica = replica(spec.options(), live);
    return Hosting.inMemory(
        node.host(
            spec.name(),
            wakeups -> new ReplicaDriver<>(replica, live, frames, node::now, wakeups)));
  }

  private @Nullable MapProbe probe(String mapName) {
    return instrumentations.isEmpty() ? null : new MapTelemetry(mapName, instrumentations);
  }

  private Hosting durable(
      MapSpec<?, ?> spec,
      ConcurrentHashMap<Object, Entry<Object>> live,
      Function<byte[], Object> keys,
      MapFrames<Object> frames) {
    DurableReplica<Object> durable = recover(spec, live, keys);
    HostedMap<Object> hosted =
        node.host(
            spec.name(),
            wakeups ->
                new ReplicaDriver<>(
                    durable.replica(), live, frames, node::now, wakeups, durable.state()));
    durable.start(
        hosted.driver(),
        new StorageLog(spec.name(), durable.state().status(), instrumentations, listeners));
    return new Hosting(hosted, durable);
  }

  private DurableReplica<Object> recover(
      MapSpec<?, ?> spec,
      ConcurrentHashMap<Object, Entry<Object>> live,
      Function<byte[], Object> keys) {
    Instrumentation.Ongoing recovery = instrumentations.recovering(spec.name());
    try {
      DurableReplica<Object> durable =
          DurableReplica.open(
              spec.name(),
              stores,
              identity(),
              replicaSettings(spec.options()),
              live,
              keys,
              node.now());
      recovery.ended(null);
      return durable;
    } catch (RuntimeException e) {
      recovery.ended(e);
      throw e;
    }
  }

  private Replica<Object> replica(
      MapSpec.Options<?> options, ConcurrentHashMap<Object, Entry<Object>> live) {
    ReplicaSettings replicaSettings = replicaSettings(options);
    return options.pruneOnPeerDown()
        ? new PresenceReplica<>(identity(), replicaSettings, live, node.now())
        : new ConvergentReplica<>(identity(), replicaSettings, live, UUID::randomUUID, node.now());
  }

  private Identity identity() {
    return new Identity(incarnation, incarnation, settings.nodeName());
  }

  private ReplicaSettings replicaSettings(MapSpec.Options<?> options) {
    return ReplicaSettings.of(
        settings.syncInterval(),
        options.scanInterval(),
        options.tombstoneTtl(),
        settings.maxClockDrift(),
        settings.inMemory() ? Duration.ZERO : MEETING);
  }

  static Now now(Clock clock) {
    return new Now(clock.millis(), System.nanoTime());
  }
}
