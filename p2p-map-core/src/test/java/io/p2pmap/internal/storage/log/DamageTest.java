package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.RecoveryReport.Damage;
import io.p2pmap.internal.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files that are not as they were written. */
class DamageTest {

  private static final int TURNS = 60;

  @Test
  void noChangedBitGivesAWrongValueOrASilentLoss() throws Exception {
    damageMany(1, 5_000);
  }

  /** Returns how many of the rounds lost records, and said so. */
  static int damageMany(long seed, int rounds) throws Exception {
    int lossy = 0;
    SimulatedStore store = null;
    for (int round = 0; round < rounds; round++) {
      if (round % 500 == 0) {
        store = used(seed + round, round % 1_000 == 0);
      }
      SplittableRandom random = new SplittableRandom(31 * seed + round);
      SimulatedDisk disk = store.disk.copy();
      String what = Damager.damage(disk, random);
      try {
        lossy += survives(store, disk);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed %d, round %d, %s: %s".formatted(seed, round, what, e), e);
      }
    }
    return lossy;
  }

  private static SimulatedStore used(long seed, boolean isClosed) throws Exception {
    SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
    store.work(new SplittableRandom(seed), TURNS);
    store.settle();
    if (isClosed) {
      store.close();
    }
    return store;
  }

  /**
   * Opens the damaged disk twice; returns 1 if something was lost, which must be reported, once.
   */
  private static int survives(SimulatedStore store, SimulatedDisk disk) {
    Opened first = open(store, disk, OnCorruption.RECOVER);
    boolean isLossy = first.place() < store.durable();
    if (isLossy) {
      assertThat(first.report().isDamaged()).isTrue();
    }
    Opened second = open(store, disk, OnCorruption.RECOVER);
    assertThat(second.place()).isEqualTo(first.place());
    assertThat(second.report().isDamaged()).as("reported again").isFalse();
    return isLossy ? 1 : 0;
  }

  private record Opened(long place, RecoveryReport report) {}

  private static Opened open(SimulatedStore store, SimulatedDisk disk, OnCorruption policy) {
    RecordedMap.Recovered recovered = store.map.recovered();
    Recovery recovery = Recovery.of(disk, "simulated", policy, recovered::accept);
    recovered.check();
    return new Opened(recovered.place(), recovery.report());
  }

  @Test
  void aLogCutAnywhereGivesEveryWholeRecordBeforeTheCutAndSaysWhatIsMissing() throws Exception {
    SimulatedStore store = longLog();
    String log = FileNames.log(2);
    byte[] whole = store.disk.file(log).bytes();
    long previous = 0;
    for (int length = 0; length < whole.length; length++) {
      SimulatedDisk disk = store.disk.copy();
      disk.file(log).replace(Arrays.copyOf(whole, length));
      Opened opened = open(store, disk, OnCorruption.RECOVER);
      assertThat(opened.place()).isBetween(previous, previous + 1);
      assertThat(opened.report().isDamaged()).as("cut at %d", length).isTrue();
      previous = opened.place();
    }
    assertThat(previous).isEqualTo(store.map.size() - 1);
  }

  @Test
  void aLogTornAnywhereBehindTheWatermarkIsNoDamage() throws Exception {
    SimulatedStore store = longLog();
    String log = FileNames.log(2);
    byte[] whole = store.disk.file(log).bytes();
    byte[] early = earlyWatermark(store);
    for (int length = FileHeader.BYTES; length < whole.length; length++) {
      SimulatedDisk disk = store.disk.copy();
      disk.file(FileNames.WATERMARK).replace(early);
      byte[] torn = Arrays.copyOf(whole, length);
      flipLast(torn, length);
      disk.file(log).replace(torn);
      Opened opened = open(store, disk, OnCorruption.RECOVER);
      assertThat(opened.report().damages()).as("torn at %d", length).isEmpty();
      assertThat(disk.file(log).length()).isLessThanOrEqualTo(length);
    }
  }

  /** Two hundred records in one log, each in a write of its own. */
  private static SimulatedStore longLog() throws Exception {
    SimulatedStore store = SimulatedStore.create(Tunings.withFloor(SimulatedStore.SMALL, 1 << 20));
    for (int i = 0; i < 200; i++) {
      store.append(i % 20);
      store.settle();
    }
    store.close();
    return store;
  }

  private static byte[] earlyWatermark(SimulatedStore store) throws Exception {
    SimulatedDisk disk = store.disk.copy();
    Watermark.create(disk, 2, FileHeader.BYTES).close();
    return disk.file(FileNames.WATERMARK).bytes();
  }

  @Test
  void damageBeforeTheEndIsNamedAndTheFileIsKept() throws Exception {
    SimulatedStore store = longLog();
    SimulatedFile log = store.disk.file(FileNames.log(2));
    byte[] damaged = log.bytes();
    damaged[damaged.length / 2] ^= 4;
    log.replace(damaged);
    Opened opened = open(store, store.disk, OnCorruption.RECOVER);
    Damage damage = opened.report().damages().get(0);
    assertThat(damage.file()).isEqualTo(FileNames.log(2));
    assertThat(damage.fromByte()).isLessThanOrEqualTo(damaged.length / 2);
    assertThat(damage.toByte()).isEqualTo(damaged.length);
    assertThat(damage.lostRecords()).isEqualTo(store.map.size() - opened.place() - 1);
    assertThat(damage.movedTo()).isEqualTo(FileNames.log(2) + ".damaged-1");
    assertThat(store.disk.file(damage.movedTo()).bytes()).isEqualTo(damaged);
  }

  @Test
  void aSnapshotCutAnywhereCountsForNothing() throws Exception {
    SimulatedStore store = used(3, true);
    String snapshot =
        store.disk.list().stream().filter(name -> name.startsWith("snapshot")).findAny().get();
    byte[] whole = store.disk.file(snapshot).bytes();
    for (int length = 0; length < whole.length; length++) {
      SimulatedDisk disk = store.disk.copy();
      disk.file(snapshot).replace(Arrays.copyOf(whole, length));
      Opened opened = open(store, disk, OnCorruption.RECOVER);
      assertThat(opened.place()).as("cut at %d", length).isZero();
      assertThat(opened.report().isDamaged()).isTrue();
    }
  }

  @Test
  void laterWritesTellDamageFromACrashIfTheWatermarkIsOld() throws Exception {
    SimulatedStore store = longLog();
    SimulatedDisk disk = store.disk.copy();
    disk.file(FileNames.WATERMARK).replace(earlyWatermark(store));
    byte[] damaged = disk.file(FileNames.log(2)).bytes();
    damaged[damaged.length / 2] ^= 4;
    disk.file(FileNames.log(2)).replace(damaged);
    assertThat(open(store, disk, OnCorruption.RECOVER).report().isDamaged()).isTrue();
  }

  @Test
  void aFrameInTheWrongPlaceIsDamage() throws Exception {
    SimulatedStore store = longLog();
    SimulatedFile log = store.disk.file(FileNames.log(2));
    byte[] bytes = log.bytes();
    Map<Integer, Integer> positionByLength = new TreeMap<>();
    FrameReader frames = new FrameReader(store.disk.open(FileNames.log(2)), 2, bytes.length);
    int copied = 0;
    for (int start = FileHeader.BYTES; frames.next(); start = (int) frames.position()) {
      int length = (int) frames.position() - start;
      Integer other = positionByLength.putIfAbsent(length, start);
      if (other != null && frames.type() == Frame.RECORD) {
        byte[] changed = bytes.clone();
        System.arraycopy(bytes, other, changed, start, length);
        SimulatedDisk disk = store.disk.copy();
        disk.file(FileNames.log(2)).replace(changed);
        assertThat(open(store, disk, OnCorruption.RECOVER).report().damages()).hasSize(1);
        copied++;
      }
    }
    assertThat(copied).isGreaterThan(10);
  }

  @Test
  void framesOfAnotherFileAreDamage() throws Exception {
    SimulatedStore store = longLog();
    byte[] header = Arrays.copyOf(store.disk.file(FileNames.log(2)).bytes(), FileHeader.BYTES);
    FrameEncoder foreign = new FrameEncoder().begin(3, FileHeader.BYTES);
    foreign.addNumber(Frame.MARK, FileHeader.BYTES).add(Frame.RECORD, new byte[20]);
    ByteBuffer frames = foreign.encoded();
    byte[] mixed = Arrays.copyOf(header, FileHeader.BYTES + frames.remaining());
    frames.get(mixed, FileHeader.BYTES, frames.remaining());
    store.disk.file(FileNames.log(2)).replace(mixed);
    Opened opened = open(store, store.disk, OnCorruption.RECOVER);
    assertThat(opened.place()).isZero();
    assertThat(opened.report().isDamaged()).isTrue();
  }

  @Test
  void failOnCorruptionStopsAndTouchesNothing() throws Exception {
    SimulatedStore store = longLog();
    SimulatedFile log = store.disk.file(FileNames.log(2));
    byte[] damaged = log.bytes();
    damaged[damaged.length / 2] ^= 4;
    log.replace(damaged);
    Map<String, List<Byte>> before = contents(store.disk);
    assertThatThrownBy(() -> open(store, store.disk, OnCorruption.FAIL))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(FileNames.log(2))
        .hasMessageContaining("on-corruption=recover");
    assertThat(contents(store.disk)).isEqualTo(before);
  }

  private static Map<String, List<Byte>> contents(SimulatedDisk disk) throws Exception {
    Map<String, List<Byte>> contents = new TreeMap<>();
    for (String name : disk.list()) {
      byte[] bytes = disk.file(name).bytes();
      Byte[] boxed = new Byte[bytes.length];
      Arrays.setAll(boxed, i -> bytes[i]);
      contents.put(name, List.of(boxed));
    }
    return contents;
  }

  @Test
  void missingFilesAreReported() throws Exception {
    for (String missing : List.of(FileNames.log(2), FileNames.WATERMARK, "*")) {
      SimulatedStore store = longLog();
      SimulatedDisk disk = store.disk.copy();
      for (String name : disk.list()) {
        if (missing.equals("*") || missing.equals(name)) {
          disk.delete(name);
        }
      }
      Opened opened = open(store, disk, OnCorruption.RECOVER);
      assertThat(opened.report().isDamaged()).as(missing).isTrue();
      assertThat(open(store, disk, OnCorruption.FAIL).report().isDamaged()).isFalse();
    }
  }

  @Test
  void anOlderSnapshotAndItsLogsStandInForADamagedOne() throws Exception {
    SimulatedStore store = longLog();
    SimulatedDisk disk = store.disk.copy();
    DiskFile snapshot = disk.create(FileNames.snapshot(3));
    snapshot.write(FileHeader.snapshot(3).encode(), 0);
    Opened opened = open(store, disk, OnCorruption.RECOVER);
    assertThat(opened.place()).isEqualTo(store.map.size());
    assertThat(opened.report().damages()).hasSize(1);
  }

  /** Changes the last byte of a torn log, but not that of its header. */
  private static void flipLast(byte[] torn, int length) {
    if (length > FileHeader.BYTES) {
      torn[length - 1] = (byte) (torn[length - 1] ^ 1);
    }
  }
}
