package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.storage.log.SimulatedDisk.PowerCut;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Power cuts and kills at every change of a file. */
class CrashTest {

  private static final int TURNS = 25;
  private static final int LIVES = 3;

  @Test
  void noCrashLosesAnAcknowledgedRecordOrRaisesAFalseAlarm() throws Exception {
    assertThat(crashes(1, 6_000)).isGreaterThanOrEqualTo(6_000);
  }

  @Test
  void anOpeningReliesOnNothingThatTheKilledProcessLeftUnforced() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      SimulatedStore whole = SimulatedStore.create(SimulatedStore.SMALL);
      whole.disk.cutPowerAt(Long.MAX_VALUE);
      whole.work(new SplittableRandom(seed), TURNS);
      for (long change = 1; change <= whole.disk.changes(); change++) {
        for (int openingChange = 1; openingChange <= 6; openingChange++) {
          for (CrashStyle style : CrashStyle.values()) {
            killAndCutPowerWhileOpening(seed, change, openingChange, style);
          }
        }
      }
    }
  }

  private static void killAndCutPowerWhileOpening(
      long seed, long change, int openingChange, CrashStyle style) throws Exception {
    SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
    store.disk.cutPowerAt(change);
    store.work(new SplittableRandom(seed), TURNS);
    long acknowledged = store.durable();
    store.disk.restart();
    store.disk.cutPowerAt(openingChange);
    try {
      store.open();
    } catch (PowerCut e) {
      // As agreed, if it gets that far.
    }
    store.disk.recoverFromPowerCut(style, new SplittableRandom(change));
    store.open();
    assertThat(store.recoveredPlace()).isGreaterThanOrEqualTo(acknowledged);
    assertThat(store.report().damages()).isEmpty();
  }

  /** For one workload after another: crashes at each change, with several outcomes each. */
  static long crashes(long firstSeed, long atLeast) throws Exception {
    long crashes = 0;
    for (long seed = firstSeed; crashes < atLeast; seed++) {
      SimulatedStore whole = SimulatedStore.create(SimulatedStore.SMALL);
      whole.disk.cutPowerAt(Long.MAX_VALUE);
      whole.work(new SplittableRandom(seed), TURNS);
      for (long change = 1; change <= whole.disk.changes(); change++) {
        for (int variant = 0; variant < 8; variant++) {
          crashes += crashAt(seed, change, variant);
        }
      }
    }
    return crashes;
  }

  private static int crashAt(long seed, long change, int variant) throws Exception {
    SplittableRandom random = new SplittableRandom(1_000_003 * seed + 31 * change + variant);
    int crashes = 0;
    try {
      SimulatedStore store = SimulatedStore.create(SimulatedStore.SMALL);
      store.disk.cutPowerAt(change);
      store.work(new SplittableRandom(seed), TURNS);
      for (int life = 0; life < LIVES; life++) {
        crashes += crashAndReopen(store, random);
        store.disk.cutPowerAt(1 + random.nextInt(20));
        store.work(random, TURNS);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Seed %d, change %d, variant %d: %s".formatted(seed, change, variant, e), e);
    }
    return crashes;
  }

  private static int crashAndReopen(SimulatedStore store, SplittableRandom random) {
    long acknowledged = store.durable();
    int crashes = 0;
    boolean isOpen = false;
    while (!isOpen) {
      crashes++;
      crash(store, random);
      if (random.nextInt(3) == 0) {
        store.disk.cutPowerAt(1 + random.nextInt(8)); // while it is being opened
      }
      try {
        store.open();
        isOpen = true;
      } catch (PowerCut e) {
        continue;
      }
      assertThat(store.recoveredPlace()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(store.report().damages()).isEmpty();
    }
    return crashes;
  }

  private static void crash(SimulatedStore store, SplittableRandom random) {
    if (random.nextInt(6) == 0) {
      store.disk.restart();
    } else {
      store.disk.recoverFromPowerCut(CrashStyle.random(random), random);
    }
  }
}
