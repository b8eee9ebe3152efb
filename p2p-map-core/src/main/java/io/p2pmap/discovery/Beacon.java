package io.p2pmap.discovery;

import io.p2pmap.internal.hash.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What nodes multicast: 24 bytes with nothing in them that anybody must not know.
 *
 * <pre>
 * 4 bytes  "P2PM"
 * 1        version, 1
 * 1        1 if answers are wanted, else 0
 * 16       start of the SHA-256 of the cluster's name in UTF-8
 * 2        TCP port of the node; its address is where the packet comes from
 * </pre>
 *
 * @param wantsAnswers whether the sender knows of nobody yet
 */
record Beacon(Cluster cluster, int port, boolean wantsAnswers) {

  static final int BYTES = 24;

  private static final int MAGIC = 0x5032_504D;
  private static final byte VERSION = 1;
  private static final int HASH_BYTES = 16;

  /** A cluster, by a hash of its name. */
  record Cluster(ByteBuffer hash) {

    static Cluster named(String name) {
      return new Cluster(ByteBuffer.wrap(Arrays.copyOf(Sha256.of(name), HASH_BYTES)));
    }
  }

  ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .put(VERSION)
        .put((byte) (wantsAnswers ? 1 : 0))
        .put(cluster.hash().duplicate())
        .putShort((short) port)
        .flip();
  }

  /** Reads a packet of anybody; empty if it is no beacon. */
  static Optional<Beacon> decode(ByteBuffer packet) {
    if (packet.remaining() != BYTES || packet.getInt() != MAGIC || packet.get() != VERSION) {
      return Optional.empty();
    }
    byte wantsAnswers = packet.get();
    byte[] hash = new byte[HASH_BYTES];
    packet.get(hash);
    int port = Short.toUnsignedInt(packet.getShort());
    return port == 0 || wantsAnswers < 0 || wantsAnswers > 1
        ? Optional.empty()
        : Optional.of(new Beacon(new Cluster(ByteBuffer.wrap(hash)), port, wantsAnswers == 1));
  }
}
