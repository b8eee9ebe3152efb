package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsRecordsTest {

  private final TestNameServer server = new TestNameServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void addressesOfBothFamiliesAreFound() {
    server.addresses("A", "nodes.shop.example", "127.0.0.2", "127.0.0.3");
    server.addresses("AAAA", "nodes.shop.example", "::1");

    assertThat(dns("nodes.shop.example").candidates())
        .containsExactlyInAnyOrder(
            new InetSocketAddress("127.0.0.2", 7800),
            new InetSocketAddress("127.0.0.3", 7800),
            new InetSocketAddress("::1", 7800));
  }

  @Test
  void servicesSayTheirPort() {
    server.services("_p2pmap._tcp.shop.example", "a.shop.example:7801", "b.shop.example:7802");
    server.addresses("A", "a.shop.example", "127.0.0.2");
    server.addresses("A", "b.shop.example", "127.0.0.3");

    assertThat(dns("_p2pmap._tcp.shop.example").candidates())
        .containsExactlyInAnyOrder(
            new InetSocketAddress("127.0.0.2", 7801), new InetSocketAddress("127.0.0.3", 7802));
  }

  @Test
  void changesAreSeenAtOnce() {
    server.addresses("A", "nodes.shop.example", "127.0.0.2");
    Discovery dns = dns("nodes.shop.example");
    assertThat(dns.candidates()).containsExactly(new InetSocketAddress("127.0.0.2", 7800));

    server.addresses("A", "nodes.shop.example", "127.0.0.4");

    assertThat(dns.candidates()).containsExactly(new InetSocketAddress("127.0.0.4", 7800));
  }

  @Test
  void anUnknownNameIsNobody() {
    assertThat(dns("nodes.shop.example").candidates()).isEmpty();
    assertThat(dns("_p2pmap._tcp.shop.example").candidates()).isEmpty();
    assertThat(server.questions()).isEqualTo(3);
  }

  @Test
  void aSilentServerIsNamed() {
    Discovery dns = dns("nodes.shop.example");
    String port = Integer.toString(server.address().getPort());
    server.close();

    assertThatIllegalStateException()
        .isThrownBy(dns::candidates)
        .withMessageContainingAll("nodes.shop.example", port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "dns://x", "a/b", ".a", "a..b", "http:a"})
  void whatIsNoNameIsRefused(String query) {
    assertThatIllegalArgumentException().isThrownBy(() -> dns(query)).withMessageContaining(query);
  }

  private Discovery dns(String query) {
    return Discovery.dns(query, 7800, server.address());
  }
}
