package io.p2pmap.internal.transport.jgroups.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jgroups.Version;
import org.junit.jupiter.api.Test;

class GreetingTest {

  private static final Greeting OWN = Greeting.of("orders", true);

  @Test
  void theBytesStayAsTheyAre() {
    assertThat(HexFormat.of().formatHex(OWN.toBytes()))
        .isEqualTo("5032504d" + "01" + "01" + "01" + "00" + "84791070aabb5998b2bf3a664edd585f");
    assertThat(Greeting.parse(OWN.toBytes())).contains(OWN);
  }

  @Test
  void whatDoesNotBeginLikeAGreetingIsNone() {
    byte[] http =
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n".substring(0, 24).getBytes(StandardCharsets.US_ASCII);

    assertThat(Greeting.parse(http)).isEmpty();
    assertThat(Greeting.isBeginning(http, 1)).isFalse();
    assertThat(Greeting.isBeginning(OWN.toBytes(), 1)).isTrue();
  }

  @Test
  void clusterVersionAndSecurityMustMatch() {
    assertThat(OWN.objectionTo(OWN)).isEmpty();
    assertThat(OWN.objectionTo(Greeting.of("invoices", true))).contains(Refusal.OTHER_CLUSTER);
    assertThat(OWN.objectionTo(Greeting.of("orders", false))).contains(Refusal.OTHER_SECURITY);
    assertThat(OWN.objectionTo(version(2, 3))).contains(Refusal.OTHER_VERSION);
  }

  @Test
  void aNodeThatSpeaksTwoVersionsMeetsBothAndNamesTheHighestCommonOne() {
    Greeting both = version(1, 2);

    assertThat(both.objectionTo(OWN)).isEmpty();
    assertThat(OWN.objectionTo(both)).isEmpty();
    assertThat(OWN.applicationProtocol(both))
        .isEqualTo(both.applicationProtocol(OWN))
        .startsWith("p2pmap/1/");
    assertThat(both.applicationProtocol(both)).startsWith("p2pmap/2/");
  }

  @Test
  void anotherMinorVersionOfJGroupsNeedsAnotherVersionHere() {
    assertThat(Greeting.VERSION).isEqualTo(1);
    assertThat(Version.getMajor()).isEqualTo((short) 5);
    assertThat(Version.getMinor()).isEqualTo((short) 5);
  }

  private static Greeting version(int min, int max) {
    ByteBuffer cluster = OWN.cluster();
    return new Greeting(min, max, true, cluster);
  }
}
