package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreStatus.State;
import io.p2pmap.internal.storage.log.SimulatedDisk.Fault;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of the disk fails once, or for a while. */
class FaultTest {

  private static final int TURNS = 25;
  private static final Duration LONGER_THAN_ANY_RETRY = Duration.ofMinutes(1);

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whicheverCallFailsNothingIsAcknowledgedFalselyAndTheStoreHeals(Fault fault)
      throws Exception {
    failEveryCall(1, 4, fault);
  }

  /** For some workloads: fails each call, alone and with those behind it; returns how often. */
  static long failEveryCall(long firstSeed, int seeds, Fault fault) throws Exception {
    long failures = 0;
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      long calls = callsOf(seed);
      for (long call = 1; call <= calls; call++) {
        failAt(seed, call, 1, fault);
        failAt(seed, call, 30, fault);
        failures += 2;
      }
    }
    return failures;
  }

  private static long callsOf(long seed) throws Exception {
    SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
    store.disk.failCalls(Long.MAX_VALUE, Long.MAX_VALUE, Fault.IO_ERROR, new SplittableRandom(1));
    store.work(new SplittableRandom(seed), TURNS);
    return store.disk.calls();
  }

  private static void failAt(long seed, long call, int length, Fault fault) throws Exception {
    SplittableRandom random = new SplittableRandom(1_000_003 * seed + 31 * call + length);
    try {
      SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
      store.disk.failCalls(call, call + length - 1, fault, random);
      store.work(new SplittableRandom(seed), TURNS);
      if (random.nextBoolean()) {
        healsByItself(store);
      }
      crashesAndLosesNothing(store, random);
      store.work(random, TURNS);
      crashesAndLosesNothing(store, random);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Seed %d, call %d, length %d: %s".formatted(seed, call, length, e), e);
    }
  }

  private static void healsByItself(SimulatedStore store) {
    for (int i = 0; i < 40; i++) {
      store.pass(LONGER_THAN_ANY_RETRY);
      store.settle();
    }
    assertThat(store.isDegraded()).isFalse();
    assertThat(store.durable()).isEqualTo(store.map.size());
    assertThat(store.status().state()).isEqualTo(State.HEALTHY);
  }

  private static void crashesAndLosesNothing(SimulatedStore store, SplittableRandom random) {
    long acknowledged = store.durable();
    if (random.nextBoolean()) {
      store.disk.restart();
    } else {
      store.disk.recoverFromPowerCut(CrashStyle.random(random), random);
    }
    store.open();
    assertThat(store.recoveredPlace()).isGreaterThanOrEqualTo(acknowledged);
    assertThat(store.report().damages()).isEmpty();
  }

  @Test
  void whicheverCallFailsWhileOpeningTheNextAttemptFindsEverything() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      long calls = Long.MAX_VALUE;
      for (long call = 1; call <= calls; call++) {
        SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
        store.work(new SplittableRandom(seed), TURNS);
        long acknowledged = store.durable();
        store.disk.restart();
        store.disk.failCalls(call, call, Fault.IO_ERROR, new SplittableRandom(call));
        try {
          store.open();
          calls = store.disk.calls();
        } catch (StorageException e) {
          assertThat(e).hasMessageContaining("simulated disk");
          store.disk.restart();
          store.open();
        }
        assertThat(store.recoveredPlace()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(store.report().damages()).isEmpty();
      }
    }
  }

  @Test
  void whatAnOpeningReadsFromMemoryAfterAFailedForceIsWrittenAgain() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SimulatedStore store = SimulatedStore.create(Tuning.of(SimulatedStore.LAZY_FORCE));
      store.append(1);
      store.settle();
      store.append(2);
      store.disk.failCalls(2, Long.MAX_VALUE, Fault.IO_ERROR, random); // written, not forced
      store.settle();
      assertThat(store.isDegraded()).isTrue();
      store.disk.restart();
      store.open();
      assertThat(store.recoveredPlace()).isEqualTo(2);
      store.append(3);
      store.settle();
      store.disk.recoverFromPowerCut(CrashStyle.NONE, random);
      store.open();
      assertThat(store.recoveredPlace()).isEqualTo(3);
      assertThat(store.report().damages()).isEmpty();
    }
  }

  @Test
  void aFullDiskIsSurvivedAndLeftBehindWhenThereIsRoom() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    SimulatedStore store = SimulatedStore.create(disk, SimulatedStore.SMALL);
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50; round++) {
      disk.capacity(disk.usedBytes() + random.nextInt(500));
      for (int i = 0; i < 100 && !store.isDegraded(); i++) {
        store.append(random.nextInt(100));
        store.settle();
      }
      assertThat(store.isDegraded()).isTrue();
      assertThat(store.status().degradedCause()).hasMessageContaining("No space left");
      long acknowledged = store.durable();
      store.append(1);
      store.settle();
      assertThat(store.durable()).isEqualTo(acknowledged);
      disk.capacity(Long.MAX_VALUE);
      healsByItself(store);
    }
    disk.recoverFromPowerCut(CrashStyle.NONE, random);
    store.open();
    assertThat(store.recoveredPlace()).isEqualTo(store.map.size());
  }

  @Test
  void aLaterVersionsFileStopsTheStart() throws Exception {
    SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
    SimulatedFile log = store.disk.file(FileNames.log(1));
    log.replace(FutureFiles.withVersion(log.bytes(), FileHeader.VERSION + 1));
    byte[] before = log.bytes();
    assertThatThrownBy(store::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 2");
    assertThat(log.bytes()).isEqualTo(before);
  }
}
