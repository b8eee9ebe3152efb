package io.p2pmap;

import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.RecoveryReport.Damage;
import io.p2pmap.internal.storage.RecoveryReport.TornTail;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreStatus;

/** Puts what a store says about itself into the words of the public API. */
final class StorageReport {

  private StorageReport() {}

  static StorageStatus of(StoreStatus status) {
    StorageException cause = status.degradedCause();
    StoreStatus.Forces forces = status.forces();
    StoreStatus.Traffic traffic = status.traffic();
    return new StorageStatus(
        status.location(),
        StorageStatus.State.valueOf(status.state().name()),
        cause == null ? null : cause.getMessage(),
        status.logBytes(),
        status.snapshotBytes(),
        traffic.logBytes() + traffic.snapshotBytes(),
        new StorageStatus.Forces(
            forces.count(), forces.total(), forces.last(), forces.lastDuration()),
        new StorageStatus.Snapshots(
            traffic.snapshots(), status.lastSnapshot(), status.snapshotFailure()),
        recovery(status.recovery()));
  }

  private static StorageStatus.Recovery recovery(RecoveryReport report) {
    TornTail tornTail = report.tornTail();
    return new StorageStatus.Recovery(
        report.duration(),
        report.records(),
        report.bytes(),
        tornTail == null ? null : tornTail.toString(),
        report.damages().stream().map(Damage::toString).toList(),
        report.warnings());
  }
}
