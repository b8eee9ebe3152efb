package io.p2pmap.internal.transport.jgroups.admission;

import io.p2pmap.internal.hash.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first bytes of a connection, the same in both directions and in every version: who is there,
 * before anything else is read. 24 bytes: {@code "P2PM"}, lowest and highest version, whether TLS
 * follows (0 or 1), 0, and 16 bytes of a hash of the cluster's name.
 *
 * <p>A version covers all that nodes must share to be members of one view: the protocols on the
 * channel and how JGroups writes them. It is not the version of the frames, which are negotiated
 * member by member.
 *
 * @param minVersion lowest version this node speaks, 0 to 255
 * @param maxVersion highest version this node speaks
 */
record Greeting(int minVersion, int maxVersion, boolean isSecured, ByteBuffer cluster) {

  static final int LENGTH_BYTES = 24;

  /** The version of JGroups 5.5 with the protocols of this release. */
  static final int VERSION = 1;

  private static final int MAGIC = 0x5032504d;
  private static final int CLUSTER_BYTES = 16;
  private static final byte RESERVED = 0;

  Greeting {
    cluster = cluster.asReadOnlyBuffer();
  }

  /** What this release says. */
  static Greeting of(String clusterName, boolean isSecured) {
    return new Greeting(VERSION, VERSION, isSecured, hash(clusterName));
  }

  /**
   * Reads the greeting of a peer.
   *
   * @throws RefusedException as soon as a byte can't belong to one
   * @throws EOFException if there is none: a probe of the port, or a node that is closing
   */
  static Greeting read(InputStream input) throws IOException {
    byte[] bytes = new byte[LENGTH_BYTES];
    int length = 0;
    while (length < bytes.length) {
      int read = input.read(bytes, length, bytes.length - length);
      if (read < 0 && length == 0) {
        throw new EOFException("Closed before a greeting");
      }
      length += read;
      if (read < 0 || !isBeginning(bytes, length)) {
        throw new RefusedException(Refusal.NOT_OURS);
      }
    }
    return parse(bytes).orElseThrow(() -> new RefusedException(Refusal.NOT_OURS));
  }

  /** Of {@link #LENGTH_BYTES}; empty if they are no greeting of any version. */
  static Optional<Greeting> parse(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length != LENGTH_BYTES || buffer.getInt() != MAGIC) {
      return Optional.empty();
    }
    int minVersion = Byte.toUnsignedInt(buffer.get());
    int maxVersion = Byte.toUnsignedInt(buffer.get());
    boolean isSecured = buffer.get() != 0;
    buffer.get(); // reserved
    return Optional.of(new Greeting(minVersion, maxVersion, isSecured, buffer.slice()));
  }

  /** Whether the first {@code length} bytes can be those of a greeting. */
  static boolean isBeginning(byte[] bytes, int length) {
    byte[] magic = ByteBuffer.allocate(Integer.BYTES).putInt(MAGIC).array();
    int compared = Math.min(length, magic.length);
    return Arrays.equals(bytes, 0, compared, magic, 0, compared);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH_BYTES)
        .putInt(MAGIC)
        .put((byte) minVersion)
        .put((byte) maxVersion)
        .put((byte) (isSecured ? 1 : 0))
        .put(RESERVED)
        .put(cluster.duplicate())
        .array();
  }

  /** Why a node that greets like this does not talk to one that greets like {@code peer}. */
  Optional<Refusal> objectionTo(Greeting peer) {
    if (!cluster.equals(peer.cluster)) {
      return Optional.of(Refusal.OTHER_CLUSTER);
    }
    if (peer.minVersion > maxVersion || peer.maxVersion < minVersion) {
      return Optional.of(Refusal.OTHER_VERSION);
    }
    return isSecured == peer.isSecured ? Optional.empty() : Optional.of(Refusal.OTHER_SECURITY);
  }

  /**
   * What both sides name in the TLS handshake (RFC 7301), which proves that nobody has changed the
   * greetings: version and cluster.
   */
  String applicationProtocol(Greeting peer) {
    byte[] hash = new byte[CLUSTER_BYTES];
    cluster.duplicate().get(hash);
    return "p2pmap/%d/%s"
        .formatted(Math.min(maxVersion, peer.maxVersion), HexFormat.of().formatHex(hash));
  }

  private static ByteBuffer hash(String clusterName) {
    byte[] hash = Sha256.of("p2pmap cluster " + clusterName);
    return ByteBuffer.wrap(Arrays.copyOf(hash, CLUSTER_BYTES));
  }
}
