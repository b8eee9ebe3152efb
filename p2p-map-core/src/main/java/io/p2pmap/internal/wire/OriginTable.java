package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The origins of one frame in the order of their first use; elsewhere in the frame an origin costs
 * one byte or two.
 *
 * <p>Threading: confined to one thread.
 */
final class OriginTable {

  private static final int UUID_BYTES = 16;

  private final Map<UUID, Integer> indexes = new LinkedHashMap<>();
  // Entries of one origin mostly follow each other.
  private @Nullable UUID last;
  private int lastIndex;

  int indexOf(UUID origin) {
    if (!origin.equals(last)) {
      lastIndex = indexes.computeIfAbsent(origin, o -> indexes.size());
      last = origin;
    }
    return lastIndex;
  }

  boolean isEmpty() {
    return indexes.isEmpty();
  }

  void write(ByteWriter out) {
    WireLimits.check("origins", indexes.size(), WireLimits.MAX_ORIGINS);
    indexes.keySet().forEach(out::writeUuid);
  }

  static UUID[] read(ByteReader in) {
    int count = in.remaining() / UUID_BYTES;
    if (count > WireLimits.MAX_ORIGINS) {
      throw in.malformed("%d origins".formatted(count));
    }
    UUID[] origins = new UUID[count];
    for (int i = 0; i < count; i++) {
      origins[i] = in.readUuid();
    }
    return origins;
  }

  static UUID readIndexed(ByteReader in, UUID[] origins) {
    int index = in.readVarInt();
    if (index >= origins.length) {
      throw in.malformed("origin %d of %d".formatted(index, origins.length));
    }
    return origins[index];
  }
}
