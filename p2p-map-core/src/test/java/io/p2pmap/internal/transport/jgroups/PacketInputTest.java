package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;

class PacketInputTest {

  private static final int VERSION_AND_FLAGS_BYTES = Short.BYTES + Byte.BYTES;
  private static final int SEQNOS = 64;

  /** A number of bits, the first number, and the bits. */
  private static final int SEQNO_LIST_BYTES = Integer.BYTES + Long.BYTES + SEQNOS / Byte.SIZE;

  private final byte[] payload = {1, 2, 3};

  @Test
  void messagesAreReadAsJGroupsWritesThem() throws Exception {
    SeqnoList missing = new SeqnoList(SEQNOS, 7).add(7).add(70);

    Message bytes = read(written(new BytesMessage(null, payload)));
    Message numbers = read(written(new ObjectMessage(null, missing)));

    assertThat(bytes.getArray()).containsExactly(payload);
    assertThat(numbers.<SeqnoList>getObject()).containsExactly(7L, 70L);
  }

  @Test
  void noPayloadIsLongerThanItsPacket() throws Exception {
    byte[] packet = written(new BytesMessage(null, payload));
    announce(packet, payload.length + Integer.BYTES);

    assertThatThrownBy(() -> read(packet)).isInstanceOf(EOFException.class);
  }

  @Test
  void noListOfSeqnosHasMoreBitsThanItsPacket() throws Exception {
    byte[] packet = written(new ObjectMessage(null, new SeqnoList(SEQNOS, 7).add(7)));
    announce(packet, SEQNO_LIST_BYTES);

    assertThatThrownBy(() -> read(packet))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("announced");
  }

  /** Overwrites the number that is so far from the end. */
  private static void announce(byte[] packet, int bytesFromEnd) {
    ByteBuffer.wrap(packet).putInt(packet.length - bytesFromEnd, Integer.MAX_VALUE);
  }

  private static byte[] written(Message message) throws IOException {
    ByteArrayDataOutputStream output = new ByteArrayDataOutputStream();
    Util.writeMessage(message, output, true);
    return Arrays.copyOf(output.buffer(), output.position());
  }

  private static Message read(byte[] packet) throws IOException, ClassNotFoundException {
    PacketInput input = new PacketInput(packet);
    input.skipBytes(VERSION_AND_FLAGS_BYTES);
    return Util.readMessage(input);
  }
}
