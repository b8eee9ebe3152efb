package io.p2pmap.internal.transport.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.transport.Peer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

  private static final String LONGEST_ENDPOINT =
      "2001:0db8:85a3:08d3:1319:8a2e:0370:7344%ethernet0:65535";

  @Test
  void itTravelsInsideTheAddress() throws IOException {
    ExtendedUUID address = ExtendedUUID.randomUUID();
    new Announcement("orders;1", 2, 7, "127.0.0.1:7800").writeTo(address);

    ExtendedUUID read = sent(address);

    assertThat(Announcement.peerAt(read))
        .contains(new Peer(Announcement.idOf(address), "orders;1", "127.0.0.1:7800", 2, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "漢", "😀"})
  void aLongNameIsCutBetweenCharacters(String character) throws IOException {
    ExtendedUUID address = ExtendedUUID.randomUUID();
    String name = character.repeat(300);
    new Announcement(name, Integer.MAX_VALUE, Integer.MAX_VALUE, LONGEST_ENDPOINT).writeTo(address);

    String read = Announcement.peerAt(sent(address)).orElseThrow().nodeName();

    assertThat(name).startsWith(read);
    assertThat(read.getBytes(UTF_8).length).isGreaterThanOrEqualTo(167);
  }

  @Test
  void aNameCanForgeNoLogLine() throws IOException {
    ExtendedUUID address = ExtendedUUID.randomUUID();
    new Announcement("a\nERROR b\u001b[31m", 1, 1, "127.0.0.1:7800").writeTo(address);

    assertThat(Announcement.peerAt(sent(address)).orElseThrow().nodeName())
        .isEqualTo("a?ERROR b?[31m");
  }

  @Test
  void anAddressWithoutItIsNoPeer() {
    assertThat(Announcement.peerAt(UUID.randomUUID())).isEmpty();
    assertThat(Announcement.peerAt(ExtendedUUID.randomUUID())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1;2;x", "a;2;host;name", "1;99999999999;host;name"})
  void anAddressWithSomethingElseIsNoPeer(String text) {
    ExtendedUUID address = ExtendedUUID.randomUUID().put("p2pmap", text.getBytes(UTF_8));

    assertThat(Announcement.peerAt(address)).isEmpty();
  }

  private static ExtendedUUID sent(ExtendedUUID address) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    address.writeTo(new DataOutputStream(bytes));
    ExtendedUUID read = new ExtendedUUID();
    read.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }
}
