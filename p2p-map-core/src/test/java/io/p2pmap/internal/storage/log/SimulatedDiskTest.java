package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest extends DiskContract {

  @Override
  Disk disk() {
    return new SimulatedDisk();
  }

  @Test
  void aPowerCutKeepsWhatWasForcedAndAnyPartOfTheRest() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      SimulatedDisk disk = new SimulatedDisk();
      DiskFile file = disk.create("a");
      disk.forceDirectory();
      file.write(filled('f', 600), 0);
      file.force();
      file.write(filled('u', 600), 600);
      disk.create("b");
      SplittableRandom random = new SplittableRandom(seed);
      disk.recoverFromPowerCut(CrashStyle.random(random), random);
      String content = new String(disk.file("a").bytes());
      assertThat(content).startsWith("f".repeat(600)).matches("f{600}[u\0]*");
      outcomes.add(content + disk.list());
    }
    assertThat(outcomes).hasSizeGreaterThan(10);
  }

  private static ByteBuffer filled(char c, int count) {
    return ByteBuffer.wrap(String.valueOf(c).repeat(count).getBytes());
  }
}
