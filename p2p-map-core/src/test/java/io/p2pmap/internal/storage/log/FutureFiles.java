package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Files as a later version of this library may write them. */
final class FutureFiles {

  private FutureFiles() {}

  static byte[] withVersion(byte[] file, int version) {
    byte[] changed = file.clone();
    ByteBuffer.wrap(changed).putShort(8, (short) version);
    CRC32C crc = new CRC32C();
    crc.update(changed, 0, 40);
    crc.update(changed, 44, 20);
    ByteBuffer.wrap(changed).putInt(40, (int) crc.getValue());
    return changed;
  }
}
