package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.NodeSecurity;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.internal.security.SecretTls;
import io.p2pmap.internal.security.SharedSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Keys are replaced while nodes write. */
class RotationIT {

  private static final Duration LONGEST_SPLIT = Duration.ofSeconds(2);

  @Test
  void certificatesAreReplacedAtRunTimeWithoutAnybodyNoticing() throws Exception {
    TestAuthority old = TestAuthority.first();
    TestAuthority next = TestAuthority.second();
    AtomicReference<SSLContext> current = new AtomicReference<>(old.contextTrusting(old));
    NodeSecurity security = NodeSecurity.tls(current::get);
    try (LocalNodes nodes = LocalNodes.start(3, builder -> builder.security(security));
        RotationLoad load = RotationLoad.on(nodes)) {
      load.run(0, 1, 2);
      current.set(old.contextTrusting(old, next)); // first all nodes trust both
      load.awaitMoreWrites();
      current.set(next.contextTrusting(old, next)); // then they show the new one
      load.awaitMoreWrites();
      current.set(next.contextTrusting(next)); // and then the old one is worth nothing
      load.awaitMoreWrites();

      assertJoins(nodes, NodeSecurity.tls(() -> next.contextTrusting(next)), 4);
      SSLContext outdated = old.contextTrusting(old, next);
      try (Rogue late = Rogue.start(nodes, () -> outdated)) {
        await().until(() -> late.refusals() > 2);
        assertThat(late.hasSeenAnything()).isFalse();
      }

      load.stop();
      load.assertNothingLost();
      assertThat(load.longestSplit()).isZero();
    }
  }

  @Test
  void theSecretIsReplacedNodeByNode() throws Exception {
    String old = TestSecrets.random();
    String next = TestSecrets.random();
    List<NodeSecurity> steps =
        List.of(
            NodeSecurity.sharedSecret(old, next),
            NodeSecurity.sharedSecret(next, old),
            NodeSecurity.sharedSecret(next));
    NodeSecurity before = NodeSecurity.sharedSecret(old);
    try (LocalNodes nodes = LocalNodes.start(3, builder -> builder.security(before));
        RotationLoad load = RotationLoad.on(nodes)) {
      load.run(0, 1, 2);
      for (NodeSecurity step : steps) {
        for (int node = 0; node < 3; node++) {
          load.restart(node, builder -> builder.security(step));
        }
      }
      load.awaitMoreWrites();
      try (Rogue late = Rogue.start(nodes, secretContext(nodes.clusterName(), old))) {
        await().until(() -> late.refusals() > 2);
        assertThat(late.hasSeenAnything()).isFalse();
      }

      load.stop();
      load.assertNothingLost();
      assertThat(load.longestSplit()).isLessThan(LONGEST_SPLIT);
    }
  }

  private static Supplier<SSLContext> secretContext(String clusterName, String secret) {
    SSLContext context = SecretTls.context(clusterName, SharedSecret.parse(secret), List.of());
    return () -> context;
  }

  private static void assertJoins(LocalNodes nodes, NodeSecurity security, int members) {
    try (ReplicatedMaps joiner = nodes.builder("joiner").security(security).build()) {
      joiner.start();
      await().until(() -> joiner.members().size() == members);
    }
  }
}
