package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A map that knows its own history, as a test needs it: from what a store gives back it can tell
 * which state that is, and that it is exactly one that there was.
 *
 * <p>Threading: under the caller's lock.
 */
final class RecordedMap {

  private static final byte CHANGE = 1;
  private static final byte SNAPSHOT = 2;
  private static final byte ENTRY = 3;

  /** A write: which key, and where it stands in the history; the life tells reused places apart. */
  record Write(int key, long place, int life) {}

  private final int maxFillerBytes;
  private final List<Write> history = new ArrayList<>();
  private int life;

  RecordedMap(int maxFillerBytes) {
    this.maxFillerBytes = maxFillerBytes;
  }

  long size() {
    return history.size();
  }

  /** Writes; returns the record. */
  byte[] write(int key) {
    Write write = new Write(key, history.size() + 1, life);
    history.add(write);
    return encode(CHANGE, write);
  }

  /** Records of the map as it is now. */
  Iterator<byte[]> capture() {
    Map<Integer, Write> entries = entries(history.size());
    byte[] head = encode(SNAPSHOT, new Write(0, history.size(), life));
    List<byte[]> records = new ArrayList<>(List.of(head));
    entries.values().forEach(write -> records.add(encode(ENTRY, write)));
    return records.iterator();
  }

  private Map<Integer, Write> entries(long place) {
    Map<Integer, Write> entries = new TreeMap<>();
    history.subList(0, (int) place).forEach(write -> entries.put(write.key(), write));
    return entries;
  }

  /** Takes what a store gave back. */
  Recovered recovered() {
    return new Recovered();
  }

  /** What a store gave back, checked record by record. */
  final class Recovered {

    private final Map<Integer, Write> entries = new TreeMap<>();
    private long place;

    void accept(byte[] record) {
      ByteBuffer bytes = ByteBuffer.wrap(record);
      byte type = bytes.get();
      Write write = new Write(bytes.getInt(), bytes.getLong(), bytes.getInt());
      if (!Arrays.equals(record, encode(type, write))) {
        throw new AssertionError("Wrong bytes in the record of " + write);
      }
      switch (type) {
        case CHANGE -> {
          if (write.place() != place + 1) {
            throw new AssertionError("Record %d follows %d".formatted(write.place(), place));
          }
          place = write.place();
          entries.put(write.key(), write);
        }
        case SNAPSHOT -> {
          if (place != 0) {
            throw new AssertionError("A snapshot follows record " + place);
          }
          place = write.place();
        }
        default -> entries.put(write.key(), write);
      }
    }

    /** How much of the history is there. */
    long place() {
      return place;
    }

    /** Throws unless the entries are those that the map once had. */
    void check() {
      if (place > history.size()) {
        throw new AssertionError("Place %d of %d".formatted(place, history.size()));
      }
      Map<Integer, Write> expected = entries(place);
      if (!entries.equals(expected)) {
        throw new AssertionError("At %d: %s instead of %s".formatted(place, entries, expected));
      }
    }

    /** The map goes on from here in another life. */
    void adopt() {
      history.subList((int) place, history.size()).clear();
      life++;
    }
  }

  private byte[] encode(byte type, Write write) {
    SplittableRandom random = new SplittableRandom(31 * write.place() + write.life());
    byte[] filler = new byte[type == SNAPSHOT ? 0 : random.nextInt(maxFillerBytes + 1)];
    random.nextBytes(filler);
    return ByteBuffer.allocate(17 + filler.length)
        .put(type)
        .putInt(write.key())
        .putLong(write.place())
        .putInt(write.life())
        .put(filler)
        .array();
  }
}
