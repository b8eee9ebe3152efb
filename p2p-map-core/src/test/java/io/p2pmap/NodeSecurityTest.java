package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NodeSecurityTest {

  @RepeatedTest(20)
  void aGeneratedSecretIsAcceptedAndNotShown() {
    String secret = NewSharedSecret.generate();
    String other = NewSharedSecret.generate();

    NodeSecurity security = NodeSecurity.sharedSecret(secret, other);

    assertThat(security.toString()).doesNotContain(secret, other);
    assertThat(other).isNotEqualTo(secret);
  }

  @Test
  void aWeakAcceptedSecretIsRefusedToo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSecurity.sharedSecret(NewSharedSecret.generate(), "changeit"))
        .withMessageNotContaining("changeit");
  }

  @Test
  void aReachableAddressNeedsSecurityOrConsent() throws UnknownHostException {
    InetAddress reachable = InetAddress.getByName("192.0.2.1"); // of nobody: for documentation
    try (ReplicatedMaps node = ReplicatedMaps.builder().bindAddress(reachable).build()) {
      assertThatExceptionOfType(NodeStartException.class)
          .isThrownBy(node::start)
          .withMessageContaining("not secured")
          .satisfies(e -> assertThat(e.action()).contains("openssl rand -base64 32"));
    }
    try (ReplicatedMaps node =
        ReplicatedMaps.builder()
            .bindAddress(reachable)
            .security(NodeSecurity.sharedSecret(NewSharedSecret.generate()))
            .build()) {
      assertThatExceptionOfType(NodeStartException.class)
          .isThrownBy(node::start)
          .withMessageContaining("can't listen"); // the address is not of this machine
    }
  }

  @Test
  void certificatesThatCannotBeMadeEndTheStart() {
    NodeSecurity broken =
        NodeSecurity.tls(
            () -> {
              throw new IllegalStateException("no such key");
            });
    try (ReplicatedMaps node = ReplicatedMaps.builder().security(broken).build()) {
      assertThatExceptionOfType(NodeStartException.class)
          .isThrownBy(node::start)
          .withMessageContaining("no such key");
    }
  }
}
