package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.replication.Message.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Valid messages of every type and shape; equal seeds give equal messages. */
final class RandomMessages {

  private static final String[] TEXTS = {"", "k", "flag.checkout", "schlüssel", "鍵", "🔑🔑"};

  private final Random random;
  private final List<UUID> origins;

  RandomMessages(long seed) {
    random = new Random(seed);
    origins = Stream.generate(this::uuid).limit(1 + random.nextInt(4)).toList();
  }

  Message<String> next() {
    return switch (random.nextInt(6)) {
      case 0 -> batch();
      case 1 -> digest();
      case 2 -> chunk();
      case 3 -> new Message.ChunkReceived<>(random.nextLong(), index());
      case 4 -> slot();
      default -> new Message.NotHosted<>();
    };
  }

  String mapName() {
    return "map " + text();
  }

  private Message<String> batch() {
    long last = time();
    long previous = last - 1 - (long) (random.nextDouble() * (last - 1));
    UUID origin = origin();
    List<Entry<String>> entries = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.add(entry(previous + 1 + (long) (random.nextDouble() * (last - previous)), origin));
    }
    entries.removeIf(entry -> entry.time() > last);
    return new Message.Batch<>(origin, text(), previous, last, entries);
  }

  private Message<String> digest() {
    return new Message.Digest<>(
        one(Intent.values()),
        uuid(),
        random.nextBoolean() ? origin() : null,
        random.nextLong(),
        random.nextBoolean() ? vector() : null,
        fingerprint(),
        fingerprint(),
        random.nextBoolean() ? 0 : time(),
        random.nextInt() * (HybridTime.MAX_WALL_MILLIS >> 31));
  }

  private Message<String> chunk() {
    int index = random.nextBoolean() ? 0 : index();
    return new Message.Chunk<>(
        random.nextLong(),
        index,
        random.nextBoolean(),
        index == 0 ? header() : null,
        entries(random.nextBoolean()));
  }

  private Message.Header header() {
    Kind kind = one(Kind.values());
    Map<UUID, String> writers = new HashMap<>();
    origins.forEach(origin -> writers.put(origin, text()));
    VersionVector since = kind == Kind.DELTA ? vector() : new VersionVector();
    return new Message.Header(kind, since, vector(), vector(), fingerprint(), writers, absences());
  }

  private Map<UUID, Long> absences() {
    Map<UUID, Long> absences = new HashMap<>();
    origins.forEach(origin -> absences.put(origin, (long) random.nextInt(1_000_000)));
    return absences;
  }

  private Message<String> slot() {
    return new Message.Slot<>(origin(), text(), random.nextLong() >>> 2, entries(false));
  }

  private List<Entry<String>> entries(boolean withTombstones) {
    List<Entry<String>> entries = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Entry<String> entry = entry(time(), origin());
      if (withTombstones || !entry.isTombstone()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private Entry<String> entry(long time, UUID origin) {
    String key = text() + random.nextInt(100);
    byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 50)];
    random.nextBytes(value);
    return new Entry<>(
        key,
        key.getBytes(StandardCharsets.UTF_8),
        random.nextInt(4) == 0 ? null : value,
        time,
        origin,
        random.nextInt(4) == 0 ? random.nextLong(HybridTime.MAX_WALL_MILLIS + 1) : Entry.NEVER);
  }

  private VersionVector vector() {
    VersionVector vector = new VersionVector();
    for (int i = random.nextInt(4); i > 0; i--) {
      vector.advance(random.nextInt(4) == 0 ? uuid() : origin(), time());
    }
    return vector;
  }

  private Fingerprint fingerprint() {
    return new Fingerprint(random.nextLong(), random.nextLong() >>> 1 + random.nextInt(62));
  }

  // Mostly of our days, now and then at an end of the range.
  private long time() {
    return switch (random.nextInt(8)) {
      case 0 -> 1 + random.nextInt(300);
      case 1 -> HybridTime.MAX - random.nextInt(300);
      default -> HybridTime.ofMillis(1_800_000_000_000L + random.nextInt()) + random.nextInt(9);
    };
  }

  private int index() {
    return 1 + random.nextInt(random.nextBoolean() ? 200 : Integer.MAX_VALUE - 1);
  }

  private UUID origin() {
    return origins.get(random.nextInt(origins.size()));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private String text() {
    return one(TEXTS);
  }

  private <E> E one(E[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
