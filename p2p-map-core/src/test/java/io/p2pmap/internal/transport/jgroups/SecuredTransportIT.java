package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.cluster.LogLines;
import io.p2pmap.cluster.TestSecrets;
import io.p2pmap.internal.security.SecretTls;
import io.p2pmap.internal.security.SharedSecret;
import io.p2pmap.internal.transport.TestNode;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportContract;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The contract over TLS. */
class SecuredTransportIT extends TransportContract {

  private final TestPorts ports = TestPorts.unused(5);
  private final SSLContext context =
      SecretTls.context(ports.clusterName(), SharedSecret.parse(TestSecrets.random()), List.of());

  @Override
  protected Transport newTransport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion) {
    return new JGroupsTransport(
        new JGroupsSettings(
            ports.clusterName(),
            nodeName,
            incarnation,
            InetAddress.getLoopbackAddress(),
            ports.first(),
            ports.range(),
            null,
            minWireVersion,
            maxWireVersion),
        () -> context);
  }

  @Test
  void openingAndClosingLogsNoWarning() {
    try (LogLines lines = LogLines.record()) {
      for (int round = 0; round < 5; round++) {
        try (TestNode a = newNode("a").start();
            TestNode b = newNode("b").start()) {
          a.awaitOthers(b);
          b.awaitOthers(a);
        }
      }
      assertThat(lines.containing("WARN")).isEmpty();
      assertThat(lines.containing("ERROR")).isEmpty();
    }
  }
}
