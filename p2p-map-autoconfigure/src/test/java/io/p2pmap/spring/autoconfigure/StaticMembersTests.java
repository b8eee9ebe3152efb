package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticMembersTests {

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
    assertThat(StaticMembers.of(List.of(text), 7800).get())
        .containsExactly(new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:", "host:port", "host:0", "host:65536", ":7800", "[]:7800"})
  void anythingElseIsRefusedByName(String text) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> StaticMembers.of(List.of(text), 7800))
        .withMessage(
            "'%s' in property 'p2pmap.discovery.static.members' is not an address with a port.",
            text);
  }

  @Test
  void aNameThatIsUnknownNowIsLeftOutNow() {
    assertThat(StaticMembers.of(List.of("no-such-host.invalid:1", "127.0.0.1:2"), 7800).get())
        .containsExactly(new InetSocketAddress("127.0.0.1", 2));
  }
}
