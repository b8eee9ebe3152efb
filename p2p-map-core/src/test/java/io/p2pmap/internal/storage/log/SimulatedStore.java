package io.p2pmap.internal.storage.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.StoreStatus;
import java.time.Duration;
import java.util.SplittableRandom;
import org.slf4j.LoggerFactory;

/**
 * A store on a {@link SimulatedDisk} without a thread and a clock, and the map that uses it; it can
 * crash and be opened again, and checks every time what it gives back.
 */
final class SimulatedStore {

  static final Duration LAZY_FORCE = Duration.ofMillis(500);

  /** Everything small, so that a short run has everything in it. */
  static final Tuning SMALL =
      new Tuning(
          LAZY_FORCE,
          2_000,
          1_000_000,
          100,
          700,
          1_500,
          400,
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4));

  static {
    ((Logger) LoggerFactory.getLogger(SimulatedStore.class.getPackageName())).setLevel(Level.ERROR);
  }

  final SimulatedDisk disk;
  final RecordedMap map;
  private final Tuning tuning;
  private StoreLoop.Shared shared;
  private StoreLoop loop;
  private RecoveryReport report;
  private long recoveredPlace;
  private long nanos;

  private SimulatedStore(SimulatedDisk disk, RecordedMap map, Tuning tuning) {
    this.disk = disk;
    this.map = map;
    this.tuning = tuning;
  }

  static SimulatedStore create(Tuning tuning) throws Exception {
    return create(new SimulatedDisk(), tuning);
  }

  static SimulatedStore create(SimulatedDisk disk, Tuning tuning) throws Exception {
    StoreFiles.create(disk, "simulated");
    SimulatedStore store = new SimulatedStore(disk, new RecordedMap(60), tuning);
    store.open();
    return store;
  }

  /** Opens the store; what it gives back must be a state that the map had. */
  void open() {
    RecordedMap.Recovered recovered = map.recovered();
    Recovery recovery = Recovery.of(disk, "simulated", OnCorruption.RECOVER, recovered::accept);
    recovered.check();
    recovered.adopt();
    recoveredPlace = recovered.place();
    report = recovery.report();
    shared = StoreLoop.Shared.of(tuning);
    loop =
        new StoreLoop(
            disk,
            recovery,
            tuning,
            shared,
            atInstant -> {
              atInstant.run();
              return map.capture();
            },
            StoreListener.none(),
            () -> nanos);
  }

  void append(int key) {
    shared.pending().append(map.write(key));
  }

  void step() {
    loop.step();
  }

  /** Lets the lazy force become due, and works until nothing is. */
  void settle() {
    step(); // notices what is pending
    nanos += LAZY_FORCE.toNanos();
    for (int i = 0; i < 1_000 && !disk.isDead(); i++) {
      if (loop.step() > 0) {
        nanos += 1;
        if (loop.step() > 0) {
          return;
        }
      }
    }
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  void close() {
    loop.finish();
  }

  /** A random mix of everything; ends early if the power is cut. */
  void work(SplittableRandom random, int turns) {
    try {
      turn(random, turns);
    } catch (SimulatedDisk.PowerCut e) {
      // As agreed.
    }
  }

  private void turn(SplittableRandom random, int turns) {
    for (int i = 0; i < turns && !disk.isDead(); i++) {
      for (int records = random.nextInt(4); records > 0; records--) {
        append(random.nextInt(12));
      }
      switch (random.nextInt(3)) {
        case 0 -> settle();
        case 1 -> step();
        default -> pass(LAZY_FORCE.dividedBy(3));
      }
    }
  }

  /** How much of the map's history is on disk, as the store says. */
  long durable() {
    return recoveredPlace + shared.waiters().durable();
  }

  long recoveredPlace() {
    return recoveredPlace;
  }

  RecoveryReport report() {
    return report;
  }

  boolean isDegraded() {
    return shared.waiters().failure() != null;
  }

  StoreStatus status() {
    return shared.counters().status("simulated", shared.pending().position(), report);
  }
}
