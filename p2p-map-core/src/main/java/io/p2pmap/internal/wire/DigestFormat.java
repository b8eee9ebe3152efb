package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Intent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fields of a {@link Digest}. */
final class DigestFormat {

  private static final int INTENT = 10;
  private static final int REPLICA_ID = 11;
  private static final int ORIGIN = 12;
  private static final int VECTOR_HASH = 13;
  private static final int VECTOR = 14;
  private static final int LASTING = 15;
  private static final int EXPIRING = 16;
  private static final int CLOCK = 17;
  private static final int WALL_MILLIS = 18;

  private static final List<Intent> INTENTS =
      List.of(Intent.REPORT, Intent.PROBE, Intent.VECTOR, Intent.ANSWER, Intent.REQUEST);

  private DigestFormat() {}

  static <K> void write(PayloadWriter out, Digest<K> digest) {
    out.choice(INTENT, INTENTS, digest.intent());
    out.uuid(REPLICA_ID, digest.replicaId());
    UUID origin = digest.origin();
    if (origin != null) {
      out.origin(ORIGIN, origin);
    }
    out.fixed(VECTOR_HASH, digest.vectorHash());
    VersionVector vector = digest.vector();
    if (vector != null) {
      out.vector(VECTOR, vector);
    }
    out.fingerprint(LASTING, digest.lasting());
    out.fingerprint(EXPIRING, digest.expiring());
    out.fixed(CLOCK, digest.clock());
    out.fixed(WALL_MILLIS, digest.wallMillis());
  }

  static <K> Digest<K> read(PayloadReader<K> in) {
    @Nullable UUID origin = in.has(ORIGIN) ? in.origin(ORIGIN) : null;
    @Nullable VersionVector vector = in.has(VECTOR) ? in.vector(VECTOR) : null;
    return new Digest<>(
        in.choice(INTENT, INTENTS),
        in.uuid(REPLICA_ID),
        origin,
        in.fixed(VECTOR_HASH),
        vector,
        in.fingerprint(LASTING),
        in.fingerprint(EXPIRING),
        in.fixed(CLOCK),
        saturated(in.fixed(WALL_MILLIS)));
  }

  // A wrong wall clock must not lock its node out; the engine subtracts it from its own.
  private static long saturated(long wallMillis) {
    long limit = HybridTime.MAX_WALL_MILLIS;
    return Math.max(-limit, Math.min(limit, wallMillis));
  }
}
