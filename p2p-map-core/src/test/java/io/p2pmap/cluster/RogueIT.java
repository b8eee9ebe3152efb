package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.security.SecretTls;
import io.p2pmap.internal.security.SharedSecret;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in, and who is not. */
class RogueIT {

  /** Several rounds of looking out for others, in both directions. */
  private static final int ATTEMPTS = 4;

  /** What somebody may come with. Each trusts everything it meets, as far as it can. */
  private enum Disguise {
    PLAINTEXT(cluster -> null),
    ANOTHER_SECRET(
        cluster -> {
          SharedSecret another = SharedSecret.parse(TestSecrets.random());
          SSLContext context = SecretTls.context(cluster, another, List.of());
          return () -> context;
        }),
    NO_CERTIFICATE(
        cluster -> {
          SSLContext context = TrustingEverybody.without();
          return () -> context;
        }),
    FOREIGN_AUTHORITY(
        cluster -> {
          SSLContext context = TrustingEverybody.showing(TestAuthority.second());
          return () -> context;
        });

    private final Function<String, Supplier<SSLContext>> keys;

    Disguise(Function<String, Supplier<SSLContext>> keys) {
      this.keys = keys;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAINTEXT")
  void nobodyJoinsASecuredClusterReadsOfItOrWritesToIt(Security security) {
    try (LocalNodes nodes = security.start(2)) {
      nodes.map(0).put("key", "value");
      for (Disguise disguise : Disguise.values()) {
        try (Rogue rogue = Rogue.start(nodes, disguise.keys.apply(nodes.clusterName()))) {
          rogue.say(new byte[100]);
          await()
              .atMost(Duration.ofSeconds(30))
              .untilAsserted(
                  () -> assertThat(rogue.refusals()).as(disguise.name()).isGreaterThan(ATTEMPTS));

          assertThat(rogue.hasSeenAnything()).as(disguise.name()).isFalse();
        }
        assertThat(nodes.node(0).members()).as(disguise.name()).hasSize(2);
      }
      nodes.map(1).put("key", "still served");
      await().until(() -> "still served".equals(nodes.map(0).get("key")));
      assertThat(nodes.map(0).asMap()).containsOnlyKeys("key");
    }
  }

  @Test
  void bothSidesTellOnceWhyTheyDoNotMeet() {
    try (LogLines lines = LogLines.record();
        LocalNodes nodes = Security.SHARED_SECRET.start(1);
        Rogue plain = Rogue.start(nodes, null);
        Rogue stranger = Rogue.ofCluster("another", nodes, null);
        Rogue guesser =
            Rogue.start(nodes, Disguise.ANOTHER_SECRET.keys.apply(nodes.clusterName()))) {
      await()
          .until(
              () ->
                  List.of(plain, stranger, guesser).stream()
                      .allMatch(r -> r.refusals() > ATTEMPTS));

      String member = "127.0.0.1:" + nodes.firstPort() + ":";
      assertThat(lines.containing("'local-0'", "refused", "secured")).hasSize(1);
      assertThat(lines.containing("'rogue'", "does not connect to " + member, "secured"))
          .hasSizeBetween(1, 2); // the guesser meets the plaintext one, too
      assertThat(lines.containing("INFO", "'local-0'", "another cluster")).isNotEmpty();
      assertThat(lines.containing("'rogue' of cluster 'another'", member, "another cluster"))
          .hasSize(1);
      assertThat(lines.containing("WARN", "'local-0'", "refused", "same shared secret")).hasSize(1);
      assertThat(lines.containing("WARN", "'rogue'", member, "same shared secret")).hasSize(1);
    }
  }
}
