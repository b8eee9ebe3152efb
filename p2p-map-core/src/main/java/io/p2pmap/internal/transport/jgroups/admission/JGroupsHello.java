package io.p2pmap.internal.transport.jgroups.admission;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What a JGroups 5.5 client says first: a cookie (4 bytes), its version (2), the length of its
 * address (2), and the address.
 */
final class JGroupsHello {

  private static final int FIXED_BYTES = 8;
  private static final int MAX_ADDRESS_BYTES = 64;

  private JGroupsHello() {}

  /** Reads it to its end, unparsed. */
  static byte[] read(InputStream input) throws IOException {
    DataInputStream data = new DataInputStream(input);
    byte[] fixed = new byte[FIXED_BYTES];
    data.readFully(fixed);
    int addressBytes = ByteBuffer.wrap(fixed).getShort(FIXED_BYTES - Short.BYTES);
    if (addressBytes < 0 || addressBytes > MAX_ADDRESS_BYTES) {
      throw new RefusedException(Refusal.NOT_OURS);
    }
    ByteBuffer whole = ByteBuffer.allocate(FIXED_BYTES + addressBytes).put(fixed);
    data.readFully(whole.array(), FIXED_BYTES, addressBytes);
    return whole.array();
  }
}
