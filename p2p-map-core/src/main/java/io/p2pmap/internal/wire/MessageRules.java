package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every message means to say, whatever its bytes: checked before one is sent and after one was
 * read, so that the core only ever sees times that it can calculate with.
 */
final class MessageRules {

  /** Far beyond what a node can count up to; so an owner can always pass a number made up. */
  private static final long MAX_SEQUENCE = HybridTime.MAX;

  private MessageRules() {}

  /** Which rule {@code message} breaks, or null if none. Cost: its entries. */
  static @Nullable String violationOf(Message<?> message) {
    if (message instanceof Message.Batch<?> batch) {
      return violationOfBatch(batch);
    } else if (message instanceof Message.Digest<?> digest) {
      return violationOfDigest(digest);
    } else if (message instanceof Message.Chunk<?> chunk) {
      return violationOfChunk(chunk);
    } else if (message instanceof Message.ChunkReceived<?> received) {
      return received.index() < 0 ? "negative index" : null;
    } else if (message instanceof Message.Slot<?> slot) {
      return violationOfSlot(slot);
    }
    return null;
  }

  private static @Nullable String violationOfBatch(Message.Batch<?> batch) {
    if (!HybridTime.isWellFormed(batch.lastTime())
        || batch.previousTime() < 0
        || batch.previousTime() >= batch.lastTime()) {
      return "batch from %d to %d".formatted(batch.previousTime(), batch.lastTime());
    }
    for (Entry<?> entry : batch.entries()) {
      boolean isSame = entry.origin() == batch.origin(); // as it mostly is after decoding
      if (!isSame && !entry.origin().equals(batch.origin())) {
        return "entry of another origin than its batch";
      }
      if (entry.time() <= batch.previousTime() || entry.time() > batch.lastTime()) {
        return "entry at %d in a batch from %d to %d"
            .formatted(entry.time(), batch.previousTime(), batch.lastTime());
      }
    }
    return violationOfExpiries(batch.entries());
  }

  private static @Nullable String violationOfDigest(Message.Digest<?> digest) {
    VersionVector vector = digest.vector();
    if (digest.clock() < 0 || digest.clock() > HybridTime.MAX) {
      return "clock at " + digest.clock();
    }
    if (vector != null && isTooFar(vector)) {
      return "vector with time " + vector.max();
    }
    return isNegative(digest.lasting()) || isNegative(digest.expiring()) ? "negative count" : null;
  }

  private static @Nullable String violationOfChunk(Message.Chunk<?> chunk) {
    Message.Header header = chunk.header();
    if (chunk.index() < 0 || (chunk.index() == 0) != (header != null)) {
      return "part %d with%s header".formatted(chunk.index(), header == null ? "out" : "");
    }
    String violation = header == null ? null : violationOfHeader(header);
    return violation != null ? violation : violationOfEntries(chunk.entries());
  }

  private static @Nullable String violationOfHeader(Message.Header header) {
    if (isTooFar(header.since()) || isTooFar(header.seen()) || isTooFar(header.horizon())) {
      return "vector with a time beyond " + HybridTime.MAX;
    }
    if (header.kind() != Message.Kind.DELTA && header.since().size() > 0) {
      return "start of a delta in a transfer that is none";
    }
    return isNegative(header.contents()) ? "negative count" : null;
  }

  private static @Nullable String violationOfSlot(Message.Slot<?> slot) {
    if (slot.sequence() < 0 || slot.sequence() > MAX_SEQUENCE) {
      return "a sequence number that no node can have reached: " + slot.sequence();
    }
    for (Entry<?> entry : slot.entries()) {
      if (entry.isTombstone()) {
        return "removal in a slot";
      }
    }
    return violationOfEntries(slot.entries());
  }

  private static <K> @Nullable String violationOfEntries(List<Entry<K>> entries) {
    for (Entry<K> entry : entries) {
      if (!HybridTime.isWellFormed(entry.time())) {
        return "entry at " + entry.time();
      }
    }
    return violationOfExpiries(entries);
  }

  private static <K> @Nullable String violationOfExpiries(List<Entry<K>> entries) {
    for (Entry<K> entry : entries) {
      long expiresAt = entry.expiresAtMillis();
      if (expiresAt < 0 || expiresAt > HybridTime.MAX_WALL_MILLIS) {
        return "entry that expires at " + expiresAt;
      }
    }
    return null;
  }

  private static boolean isTooFar(VersionVector vector) {
    return vector.max() > HybridTime.MAX;
  }

  private static boolean isNegative(Fingerprint fingerprint) {
    return fingerprint.count() < 0;
  }
}
