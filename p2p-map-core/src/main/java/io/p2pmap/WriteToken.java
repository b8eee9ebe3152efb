package io.p2pmap;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.crdt.Hash64;
import io.p2pmap.internal.crdt.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names writes, so that another node can tell whether it has applied them: per map and origin the
 * time of the latest. It holds no key and no value. Since a node applies the writes of an origin in
 * order, the latest stands for all before it; since there is no order between origins, a session
 * that wrote on several nodes needs one of each, see {@link #merge}.
 *
 * <p>As text it is short, safe in a URL, a header, and a cookie, and may come from anybody: it can
 * name writes that never were, and whoever waits for them waits until the timeout.
 *
 * <p>Immutable.
 */
public final class WriteToken {

  /** The longest text of a token. */
  public static final int MAX_LENGTH = 2_734;

  private static final int VERSION = 1;
  private static final int MAX_WRITES = 64;
  private static final WriteToken NONE = new WriteToken(new TreeMap<>());

  private record Origin(long map, UUID id) implements Comparable<Origin> {

    private static final Comparator<Origin> ORDER =
        Comparator.comparingLong(Origin::map).thenComparing(Origin::id);

    @Override
    public int compareTo(Origin other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Origin, Long> times;

  private WriteToken(TreeMap<Origin, Long> times) {
    this.times = Collections.unmodifiableMap(times);
  }

  /** The token of no write. */
  public static WriteToken none() {
    return NONE;
  }

  /** The token of one write in each of some maps, by the name of the map. */
  static WriteToken of(Map<String, Stamp> writes) {
    TreeMap<Origin, Long> times = new TreeMap<>();
    writes.forEach((map, write) -> times.put(new Origin(idOf(map), write.origin()), write.time()));
    return new WriteToken(times);
  }

  /**
   * The token that {@link #toString} gave.
   *
   * @throws IllegalArgumentException if no token has this text
   */
  public static WriteToken parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    if (text.length() > MAX_LENGTH) {
      throw notAToken("it has %d characters, more than %d".formatted(text.length(), MAX_LENGTH));
    }
    WriteToken token;
    try {
      token = read(new ByteReader(Base64.getUrlDecoder().decode(text)));
    } catch (MalformedBytesException e) {
      throw notAToken(String.valueOf(e.getMessage()));
    }
    if (!token.toString().equals(text)) {
      throw notAToken("it is not written as a token is");
    }
    return token;
  }

  private static WriteToken read(ByteReader in) {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw notAToken("version %d is not known, only %d".formatted(version, VERSION));
    }
    TreeMap<Origin, Long> times = new TreeMap<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      long map = in.readLong();
      UUID id = in.readUuid();
      long time = in.readLong();
      if (time <= 0) {
        throw notAToken("a time is not positive");
      }
      times.put(new Origin(map, id), time);
    }
    return new WriteToken(times);
  }

  private static IllegalArgumentException notAToken(String reason) {
    return new IllegalArgumentException("Not the text of a write token: " + reason);
  }

  /** The writes of both: of each origin the later one. */
  public WriteToken merge(WriteToken other) {
    return with(other.times.entrySet().stream());
  }

  private WriteToken with(Stream<Map.Entry<Origin, Long>> more) {
    TreeMap<Origin, Long> merged = new TreeMap<>(times);
    more.forEach(write -> merged.merge(write.getKey(), write.getValue(), Math::max));
    return merged.equals(times) ? this : new WriteToken(merged);
  }

  /** The writes of this one that {@code before} does not cover. */
  public WriteToken since(WriteToken before) {
    if (times.equals(before.times)) {
      return NONE;
    }
    return NONE.with(
        times.entrySet().stream()
            .filter(write -> before.times.getOrDefault(write.getKey(), 0L) < write.getValue()));
  }

  /** Whether it names no write. */
  public boolean isEmpty() {
    return times.isEmpty();
  }

  /** The writes of one map. */
  Collection<Stamp> writesOf(String mapName) {
    if (times.isEmpty()) {
      return Collections.emptyList();
    }
    long map = idOf(mapName);
    return times.entrySet().stream()
        .filter(write -> write.getKey().map() == map)
        .map(write -> new Stamp(write.getValue(), write.getKey().id()))
        .toList();
  }

  private static long idOf(String mapName) {
    return Hash64.of(mapName.getBytes(StandardCharsets.UTF_8));
  }

  /** URL-safe text of at most {@link #MAX_LENGTH} characters; of more than 64 writes the latest. */
  @Override
  public String toString() {
    if (times.isEmpty()) {
      return "";
    }
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    Map<Origin, Long> latest = latest();
    out.writeByte(latest.size());
    latest.forEach(
        (origin, time) -> {
          out.writeLong(origin.map());
          out.writeUuid(origin.id());
          out.writeLong(time);
        });
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  /** What was written earlier has most likely arrived wherever it is waited for. */
  private Map<Origin, Long> latest() {
    if (times.size() <= MAX_WRITES) {
      return times;
    }
    Map<Origin, Long> latest = new TreeMap<>();
    times.entrySet().stream()
        .sorted(Map.Entry.<Origin, Long>comparingByValue().reversed())
        .limit(MAX_WRITES)
        .forEach(write -> latest.put(write.getKey(), write.getValue()));
    return latest;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WriteToken that && times.equals(that.times);
  }

  @Override
  public int hashCode() {
    return times.hashCode();
  }
}
