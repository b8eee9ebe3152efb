package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A file of a {@link SimulatedDisk}: what reads see, what is on the disk, and the changes between.
 *
 * <p>Threading: under the disk's lock.
 */
final class SimulatedFile {

  private static final int SECTOR_BYTES = 512;

  /** A write within a sector, or a cut. */
  private sealed interface Change permits Piece, Cut {

    void apply(Content content);
  }

  private record Piece(int position, byte[] bytes) implements Change {

    @Override
    public void apply(Content content) {
      content.write(bytes, bytes.length, position);
    }
  }

  private record Cut(int length) implements Change {

    @Override
    public void apply(Content content) {
      content.truncate(length);
    }
  }

  private Content seen = Content.empty();
  private Content forced = Content.empty();
  private final List<Change> unforced = new ArrayList<>();

  int length() {
    return seen.length();
  }

  byte[] bytes() {
    return seen.toBytes();
  }

  /** Replaces the contents on the disk. */
  void replace(byte[] bytes) {
    seen = Content.of(bytes);
    forced = Content.of(bytes);
    unforced.clear();
  }

  SimulatedFile copy() {
    SimulatedFile copy = new SimulatedFile();
    copy.seen = seen.copy();
    copy.forced = seen.copy();
    return copy;
  }

  void read(ByteBuffer target, int position) {
    seen.read(target, position);
  }

  void write(byte[] bytes, int count, int position) {
    seen.write(bytes, count, position);
    for (int from = 0; from < count; ) {
      int at = position + from;
      int to = Math.min(count, from + SECTOR_BYTES - at % SECTOR_BYTES);
      unforced.add(new Piece(at, Arrays.copyOfRange(bytes, from, to)));
      from = to;
    }
  }

  void truncate(int length) {
    seen.truncate(length);
    unforced.add(new Cut(length));
  }

  void force() {
    unforced.forEach(change -> change.apply(forced));
    unforced.clear();
  }

  /** Like Linux: some of it is on disk, the rest never will be, and the next force says nothing. */
  void failForce(RandomGenerator random) {
    persistSome(CrashStyle.ANY, random);
  }

  void losePower(CrashStyle style, RandomGenerator random) {
    persistSome(style, random);
    seen = forced.copy();
  }

  private void persistSome(CrashStyle style, RandomGenerator random) {
    CrashStyle.Choice choice = style.choose(unforced.size(), random);
    for (int i = 0; i < unforced.size(); i++) {
      if (choice.keeps(i)) {
        unforced.get(i).apply(forced);
      } else if (unforced.get(i) instanceof Piece piece) {
        tear(piece, random);
      }
    }
    unforced.clear();
  }

  /** A write that did not happen may have begun, or have made the file longer. */
  private void tear(Piece piece, RandomGenerator random) {
    switch (random.nextInt(8)) {
      case 0 -> forced.write(piece.bytes, random.nextInt(piece.bytes.length + 1), piece.position);
      case 1 -> forced.extend(piece.position + piece.bytes.length);
      default -> {}
    }
  }
}
