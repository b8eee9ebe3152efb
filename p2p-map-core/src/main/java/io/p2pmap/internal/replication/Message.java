package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What replicas of one map say to each other. Any message may be lost, repeated, or late; only
 * those of one sender's multicasts arrive in order.
 *
 * @param <K> how the replica's map identifies keys
 */
public sealed interface Message<K> {

  /** The greatest hybrid time that it mentions, or zero: the receiver's clock moves beyond it. */
  default long latestTime() {
    return 0;
  }

  /**
   * New writes of one origin, complete from {@code previousTime} (exclusive) to {@code lastTime}
   * (inclusive), but for those that a newer entry of the same batch supersedes.
   *
   * @param writer name of the node that writes as {@code origin}
   */
  record Batch<K>(
      UUID origin, String writer, long previousTime, long lastTime, List<Entry<K>> entries)
      implements Message<K> {

    @Override
    public long latestTime() {
      return lastTime;
    }
  }

  /**
   * What the sender has seen and holds, at one instant.
   *
   * @param replicaId identifies the replica across restarts if it is persisted
   * @param origin the origin that the sender writes as, or null if it has not written
   * @param vectorHash hash of its version vector
   * @param vector its version vector, or null if only the hash is sent
   * @param lasting fingerprint of the live entries that do not expire
   * @param expiring fingerprint of the live entries that expire
   * @param clock its hybrid clock
   * @param wallMillis its wall clock
   */
  record Digest<K>(
      Intent intent,
      UUID replicaId,
      @Nullable UUID origin,
      long vectorHash,
      @Nullable VersionVector vector,
      Fingerprint lasting,
      Fingerprint expiring,
      long clock,
      long wallMillis)
      implements Message<K> {

    @Override
    public long latestTime() {
      return vector == null ? clock : Math.max(clock, vector.max());
    }
  }

  /** What the receiver of a {@link Digest} is asked for. */
  enum Intent {
    /** Nothing, if its contents are the same; else its vector. */
    REPORT,
    /** An answer in any case. */
    PROBE,
    /** Its vector in turn, if it has seen more than the sender. */
    VECTOR,
    /** Nothing: the last word of an exchange. */
    ANSWER,
    /** A transfer of what the sender has not seen. */
    REQUEST
  }

  /**
   * A part of a transfer. The receiver collects all parts, verifies them, and applies them at once.
   *
   * @param transferId unique per sender
   * @param index position from zero
   * @param isLast whether no part follows
   * @param header what the transfer is; in the first part only
   */
  record Chunk<K>(
      long transferId, int index, boolean isLast, @Nullable Header header, List<Entry<K>> entries)
      implements Message<K> {

    @Override
    public long latestTime() {
      return header == null ? 0 : Math.max(header.seen().max(), header.horizon().max());
    }
  }

  /**
   * What a transfer is. Vector, horizon, and the references of the entries were captured at one
   * instant (B9).
   *
   * @param since vector of the receiver that a {@link Kind#DELTA} starts from; else empty
   * @param seen vector of the sender
   * @param horizon horizon of the sender (B4)
   * @param contents fingerprint of all entries of the transfer, tombstones included
   * @param writers node names of the origins, as far as they are known
   * @param absences replicas that the sender knows, and for how many milliseconds each has been
   *     away (B35)
   */
  record Header(
      Kind kind,
      VersionVector since,
      VersionVector seen,
      VersionVector horizon,
      Fingerprint contents,
      Map<UUID, String> writers,
      Map<UUID, Long> absences) {}

  /** What a transfer holds. */
  enum Kind {
    /** Every entry beyond {@link Header#since}. */
    DELTA,
    /** Every entry; what is missing was removed, as far as the sender has seen. */
    FULL,
    /** Every entry that does not expire, after equal vectors with different contents (B13). */
    REPAIR
  }

  /** The receiver of a transfer has got this part; more may follow. */
  record ChunkReceived<K>(long transferId, int index) implements Message<K> {}

  /**
   * All that one node keeps in a presence map (B14).
   *
   * @param owner incarnation of that node
   * @param sequence grows with every change of the slot
   */
  record Slot<K>(UUID owner, String writer, long sequence, List<Entry<K>> entries)
      implements Message<K> {

    @Override
    public long latestTime() {
      return entries.stream().mapToLong(Entry::time).max().orElse(0);
    }
  }

  /** The sender does not host this map, or no longer. */
  record NotHosted<K>() implements Message<K> {}
}
