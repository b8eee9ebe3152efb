package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.RecordingProxy;
import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.TestNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StalledConnectionsTest {

  /** Before either node expels the other for its silence. */
  private static final Duration LIMIT = Duration.ofSeconds(11);

  private final TestPorts ports = TestPorts.unused(2);

  @Test
  void aConnectionThatStandsStillIsReplacedBeforeAnybodyIsExpelled() throws IOException {
    try (RecordingProxy toA = new RecordingProxy(ports::first);
        RecordingProxy toB = new RecordingProxy(() -> ports.first() + 1);
        TestNode a = node("a", toA, toB);
        TestNode b = node("b", toB, toA)) {
      a.start();
      b.start();
      a.awaitOthers(b);
      b.awaitOthers(a);
      int views = a.handler().views().size() + b.handler().views().size();

      toA.stall();
      toB.stall();
      a.transport().multicast(new byte[] {1});
      b.transport().multicast(new byte[] {2});

      await()
          .atMost(LIMIT)
          .until(
              () ->
                  b.handler().framesFrom(a.id()).size() == 1
                      && a.handler().framesFrom(b.id()).size() == 1);
      assertThat(a.handler().views().size() + b.handler().views().size()).isEqualTo(views);
    }
  }

  private TestNode node(String name, RecordingProxy own, RecordingProxy other) {
    JGroupsSettings settings = ports.settings(name, () -> List.of(other.address()));
    return new TestNode(
        settings.incarnation(),
        name,
        ProxiedTransport.behind(own.address(), settings, null),
        new RecordingHandler());
  }
}
