package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.storage.StorageSettings;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed, again and again. */
class KillTest {

  private static final int WRITERS = 4;
  private static final Tuning TUNING =
      Tunings.withFloor(Tuning.of(Duration.ofMillis(100)), 200 * 1024);

  @TempDir Path root;

  @Test
  void killingTheProcessLosesNothingAcknowledged() throws Exception {
    assertThat(killAgainAndAgain(root, 20, 1)).isPositive();
  }

  /** Returns how many writes were acknowledged. */
  static long killAgainAndAgain(Path root, int kills, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    long[] acknowledged = new long[WRITERS];
    for (int kill = 0; kill < kills; kill++) {
      try (Child child = Child.launch(WritingProcess.class, root.toString())) {
        readUntil(child, acknowledged, 20 + random.nextInt(200));
      }
      checkAll(root, acknowledged, kill);
    }
    long sum = 0;
    for (long writes : acknowledged) {
      sum += writes;
    }
    return sum;
  }

  /** Notes acknowledgements until some have come, lets time pass, and kills. */
  private static void readUntil(Child child, long[] acknowledged, int millis) throws Exception {
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis); // the process is killed at a random time
                child.kill();
              } catch (InterruptedException e) {
                child.close();
              }
            },
            "p2pmap-test-killer");
    BufferedReader output = child.output();
    int count = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      String[] parts = line.split(" ");
      if (parts.length != 4 || !parts[0].equals("ack") || !parts[3].equals(".")) {
        assertThat(line).as("what the process says").matches("(a|ac|ack)?( .*)?");
        continue;
      }
      int writer = Integer.parseInt(parts[1]);
      acknowledged[writer] = Math.max(acknowledged[writer], Long.parseLong(parts[2]));
      if (++count == 1) {
        killer.start();
      }
    }
    killer.join();
  }

  private static void checkAll(Path root, long[] acknowledged, int kill) {
    try (StoredMap map = open(root)) {
      assertThat(map.store().status().recovery().damages()).isEmpty();
      for (int writer = 0; writer < WRITERS; writer++) {
        long found = map.entries().getOrDefault((long) writer, 0L);
        assertThat(found).as("kill %d", kill).isGreaterThanOrEqualTo(acknowledged[writer]);
        acknowledged[writer] = found;
      }
    }
  }

  private static StoredMap open(Path root) {
    return StoredMap.open(
        LogMapStores.of(root, "node", StorageSettings.defaults(), TUNING), "map", 170);
  }

  /** Writes until it is killed: each writer counts its key up, others write without waiting. */
  static final class WritingProcess {

    private WritingProcess() {}

    public static void main(String[] arguments) {
      StoredMap map = open(Path.of(arguments[0]));
      for (int i = 0; i < WRITERS; i++) {
        long key = i;
        new Thread(() -> countUp(map, key), "p2pmap-test-writer-" + i).start();
      }
      SplittableRandom random = new SplittableRandom();
      while (true) {
        map.write(WRITERS + random.nextInt(1_000), random.nextLong());
        Thread.onSpinWait();
        if (random.nextInt(100) == 0) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    }

    private static void countUp(StoredMap map, long key) {
      for (long value = map.entries().getOrDefault(key, 0L) + 1; ; value++) {
        map.put(key, value);
        System.out.println("ack " + key + " " + value + " .");
      }
    }
  }
}
