package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({"10.0.0.7, 7800", "::1, 1", "fd00::7, 65535"})
  void anAddressIsReadAsItWasWritten(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);

    assertThat(AddressText.parse(AddressText.of(address))).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost:1", "abc:1", "10.0.0.7", "10.0.0.7:0", "10.0.0.7:65536", "300.1.1.1:1",
        "10.0.0.7:1 ", "[:::]:1", "[abc]:1", "[::1]", "[::1:1", "[fe80::1%lo]:1", "1:2:3"
      })
  void anythingElseIsNoAddressAndIsNotLookedUp(String text) {
    assertThat(AddressText.parse(text)).isEmpty();
  }
}
