package io.p2pmap.internal.storage.log;

import java.util.List;
import java.util.SplittableRandom;

/** Damages one file of a disk at random, as bad memory, cables and disks do. */
final class Damager {

  private static final int BLOCK_BYTES = 64;

  private Damager() {}

  /** Most often one bit changes; returns what was done. */
  static String damage(SimulatedDisk disk, SplittableRandom random) throws Exception {
    List<String> names =
        disk.list().stream()
            .filter(name -> disk.file(name).length() > 0 && !name.equals(FileNames.MARKER))
            .toList();
    String name = names.get(random.nextInt(names.size()));
    byte[] bytes = disk.file(name).bytes();
    int at = random.nextInt(bytes.length);
    int kind = random.nextInt(8);
    switch (kind) {
      case 0 -> fill(bytes, at, random.nextInt(1 + BLOCK_BYTES), (byte) 0);
      case 1 -> copy(bytes, at, random.nextInt(bytes.length));
      default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    disk.file(name).replace(bytes);
    return "%s of %s at %d".formatted(kind, name, at);
  }

  private static void fill(byte[] bytes, int at, int count, byte value) {
    for (int i = at; i < Math.min(bytes.length, at + count); i++) {
      bytes[i] = value;
    }
  }

  private static void copy(byte[] bytes, int from, int to) {
    int count = Math.min(BLOCK_BYTES, bytes.length - Math.max(from, to));
    System.arraycopy(bytes, from, bytes, to, count);
  }
}
