package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTests {

  private final HostAndPort format = new HostAndPort("p2pmap.discovery.static.members", 7800);

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7801, 127.0.0.1, 7801",
    "127.0.0.1,      127.0.0.1, 7800",
    "' localhost ',  localhost, 7800",
    "[::1]:7801,     ::1,       7801",
    "[::1],          ::1,       7800",
    "::1,            ::1,       7800"
  })
  void anAddressMayHaveAPort(String text, String host, int port) {
    assertThat(format.parse(text)).isEqualTo(InetSocketAddress.createUnresolved(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:", "host:port", "host:0", "host:65536", ":7800", "[]:7800"})
  void anythingElseIsRefusedByName(String text) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> format.parse(text))
        .withMessage(
            "'%s' in property 'p2pmap.discovery.static.members' is not an address with a port.",
            text);
  }
}
