package io.p2pmap.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.Member;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.test.TestCluster;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Application contexts of one JVM with {@code p2pmap.transport=memory}. */
class MemoryTransportTests {

  private final TestCluster cluster = TestCluster.create();

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withPropertyValues(
              TestContexts.FLAGS,
              "p2pmap.transport=memory",
              "p2pmap.cluster-name=" + cluster.clusterName());

  private ApplicationContextRunner node(String name) {
    return runner.withPropertyValues("p2pmap.node-name=" + name);
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }

  @Test
  void contextsOfOneClusterNameReplicate() {
    node("a")
        .run(
            a ->
                node("b")
                    .run(
                        b -> {
                          flags(a).put("beta", FeatureFlag.on(5));
                          await().until(() -> flags(b).containsKey("beta"));
                          assertThat(a.getBean(ReplicatedMaps.class).members())
                              .extracting(Member::address)
                              .containsExactly("memory", "memory");
                        }));
  }

  @Test
  void theirLinksAreCutAndHealedByName() {
    node("a")
        .run(
            a ->
                node("b")
                    .run(
                        b -> {
                          cluster.include(a.getBean(ReplicatedMaps.class));
                          cluster.include(b.getBean(ReplicatedMaps.class));
                          cluster.cut("a", "b");
                          flags(a).put("beta", FeatureFlag.on(5));
                          flags(b).put("beta", FeatureFlag.on(7));
                          cluster.heal();
                          cluster.awaitAgreement("flags");
                          assertThat(flags(a).get("beta")).isEqualTo(flags(b).get("beta"));
                        }));
  }

  @Test
  void noPortIsNeeded() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      runner
          .withPropertyValues(
              "p2pmap.bind-address=192.0.2.1",
              "p2pmap.bind-port=" + taken.getLocalPort(),
              "p2pmap.port-range=0")
          .run(context -> assertThat(context).hasNotFailed());
    }
  }
}
