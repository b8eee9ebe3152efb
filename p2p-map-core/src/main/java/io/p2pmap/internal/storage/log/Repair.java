package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.RecoveryReport.Damage;
import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings the files into the state that a plan says, so that opening them again finds no damage. A
 * crash at any point leaves a state that gives the same records and, if there was damage, reports
 * it again. Files that are in order are not touched.
 */
final class Repair {

  private static final int COPY_BYTES = 256 * 1024;

  private final Disk disk;
  private final Plan plan;
  private final Survey survey;
  private final String mapName;
  private final Set<String> taken;
  private final List<Damage> damages = new ArrayList<>();
  private boolean hasNewNames;
  private Link end;
  private long nextNumber;

  Repair(Disk disk, Plan plan, String mapName) {
    this.disk = disk;
    this.plan = plan;
    this.survey = plan.survey();
    this.mapName = mapName;
    this.taken = new TreeSet<>(survey.names());
    this.end = plan.end();
    this.nextNumber = survey.unusedNumber();
  }

  void run() throws IOException {
    for (Plan.Loss loss : plan.losses()) {
      keepAside(loss);
    }
    if (hasNewNames) {
      disk.forceDirectory(); // before the log that these continue ends earlier
    }
    sealLastLog();
    deleteUnneeded();
    if (plan.isEmpty()) {
      end = StoreFiles.createFirstLog(disk, nextNumber++);
    }
    if (!survey.names().contains(FileNames.MARKER)) {
      StoreFiles.createMarker(disk, mapName);
      hasNewNames = true;
    }
    if (hasNewNames || !isMarked()) {
      disk.forceDirectory();
    }
  }

  private void keepAside(Plan.Loss loss) throws IOException {
    String aside = null;
    if (loss.treatment() != Plan.Treatment.NOTHING) {
      aside = FileNames.damaged(loss.file(), taken);
      taken.add(aside);
      if (loss.treatment() == Plan.Treatment.MOVE) {
        disk.rename(loss.file(), aside);
      } else {
        copy(loss.file(), aside);
      }
      hasNewNames = true;
    }
    damages.add(
        new Damage(
            loss.file(),
            loss.fromByte(),
            loss.toByte(),
            loss.problem(),
            loss.lostRecords(),
            aside));
  }

  private void copy(String name, String copy) throws IOException {
    String unfinished = FileNames.unfinished(copy);
    try (DiskFile source = disk.open(name);
        DiskFile target = disk.create(unfinished)) {
      rewrite(source, target, 0, source.size());
      target.force();
    }
    disk.rename(unfinished, copy);
  }

  /**
   * Forces the last log, cut off where its use ends. What stands there beyond the watermark may
   * have been read from memory, and an earlier attempt to force it may have failed: it is written
   * again.
   */
  private void sealLastLog() throws IOException {
    if (plan.parts().isEmpty()) {
      return;
    }
    Plan.Part last = plan.parts().get(plan.parts().size() - 1);
    boolean isMarked = isMarked();
    if (isMarked && last.log().size() == last.length()) {
      return;
    }
    try (DiskFile file = disk.open(last.log().name())) {
      if (last.log().size() > last.length()) {
        file.truncate(last.length());
      }
      if (!isMarked) {
        rewrite(file, file, markedLength(last), last.length());
      }
      file.force();
    }
  }

  private long markedLength(Plan.Part part) {
    Watermark.Found found = survey.watermark();
    return found != null && found.log() == part.log().number() ? found.length() : 0;
  }

  private boolean isMarked() {
    Watermark.Found found = survey.watermark();
    return found != null
        && (plan.parts().isEmpty() || end.equals(new Link(found.log(), found.length())));
  }

  private static void rewrite(DiskFile source, DiskFile target, long from, long to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(COPY_BYTES, to - from)));
    for (long at = from; at < to; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      source.read(buffer, at);
      target.write(buffer.flip(), at);
    }
  }

  /** Removes what the base replaces, and what a crash kept from being finished. */
  private void deleteUnneeded() throws IOException {
    List<String> unneeded = unneeded();
    if (unneeded.isEmpty()) {
      return;
    }
    disk.forceDirectory(); // the name of what replaces them may not be on disk yet
    for (String name : unneeded) {
      disk.delete(name);
    }
    hasNewNames = true;
  }

  private List<String> unneeded() {
    Set<String> needed = new TreeSet<>();
    plan.parts().forEach(part -> needed.add(part.log().name()));
    damages.forEach(damage -> needed.add(damage.file()));
    SnapshotScan base = survey.base();
    if (base != null) {
      needed.add(base.name());
    }
    return survey.names().stream()
        .filter(name -> FileNames.isUnfinished(name) || FileNames.isData(name))
        .filter(name -> !needed.contains(name))
        .toList();
  }

  /** What was found and made of it, and the watermark, which is right from now on. */
  Recovery result(Replay replay, Duration duration) throws IOException {
    RecoveryReport report =
        new RecoveryReport(
            replay.files(),
            replay.records(),
            replay.bytes(),
            plan.tornTail(),
            damages,
            survey.warnings(),
            duration);
    long logBytes = plan.parts().stream().mapToLong(Plan.Part::length).sum();
    SnapshotScan base = survey.base();
    return new Recovery(
        report, openWatermark(), nextNumber, end, logBytes, base == null ? 0 : base.size());
  }

  private Watermark openWatermark() throws IOException {
    long log = end.length() == FileHeader.AFTER_SNAPSHOT ? 0 : end.number();
    long length = Math.max(0, end.length());
    Watermark.Found found = survey.watermark();
    if (found == null || !survey.warnings().isEmpty()) {
      Watermark created = Watermark.create(disk, log, length);
      disk.forceDirectory();
      return created;
    }
    Watermark watermark = Watermark.open(disk, found);
    if (!damages.isEmpty() || found.log() != log || found.length() != length) {
      watermark.write(log, length);
      watermark.force(); // or the same damage would be reported after a power cut
    }
    return watermark;
  }
}
