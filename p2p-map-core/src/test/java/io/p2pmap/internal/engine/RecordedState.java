package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.ReplicaSnapshot;
import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.SnapshotSource;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.StoreStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A replica's state as the records that production writes, in memory. */
public final class RecordedState<K> implements MapStore {

  private static final StoreStatus HEALTHY =
      new StoreStatus(
          "memory",
          StoreStatus.State.HEALTHY,
          null,
          0,
          0,
          null,
          null,
          new StoreStatus.Forces(0, Duration.ZERO, null, null),
          new StoreStatus.Traffic(0, 0, 0, 0, 0),
          new RecoveryReport(List.of(), 0, 0, null, List.of(), List.of(), Duration.ZERO));

  private final List<byte[]> records = new ArrayList<>();
  private final DurableState<K> state;

  /** Begins with no records. */
  public RecordedState(UUID replicaId) {
    this.state = new DurableState<>(this, replicaId);
  }

  /** What a driver writes to. */
  public DurableState<K> state() {
    return state;
  }

  /** Begins with a snapshot. */
  public void beginWith(ReplicaSnapshot<K> snapshot) {
    records.clear();
    state.records(snapshot).forEachRemaining(records::add);
  }

  /** What a node would find that starts with these records. */
  public ReplicaSnapshot<K> replay(Function<byte[], K> keys) {
    Recovery<K> recovery = new Recovery<>(keys);
    records.forEach(recovery::add);
    return recovery.snapshot();
  }

  @Override
  public long append(byte[] record) {
    records.add(record);
    return records.size();
  }

  @Override
  public void await(long position) {} // in memory, everything is there at once

  @Override
  public void start(SnapshotSource source, StoreListener listener) {}

  @Override
  public @Nullable StorageException degradedCause() {
    return null;
  }

  @Override
  public StoreStatus status() {
    return HEALTHY;
  }

  @Override
  public void close() {}

  @Override
  public void delete() {
    records.clear();
  }
}
