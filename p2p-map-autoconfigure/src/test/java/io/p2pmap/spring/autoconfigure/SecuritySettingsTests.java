package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.cluster.TestAuthority;
import io.p2pmap.cluster.TestSecrets;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.spring.actuate.SecretSanitizerAutoConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class SecuritySettingsTests {

  private static final String SHARED = "p2pmap.security.shared-secret=";
  private static final String ACCEPTED = "p2pmap.security.accepted-secrets=";
  private static final String BUNDLE = "p2pmap.security.ssl-bundle=nodes";

  private final String secret = TestSecrets.random();
  private final ApplicationContextRunner runner =
      TestContexts.runner().withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class));

  @Test
  void nodesWithOneSecretMeetAndOneWithAnotherStaysAlone(CapturedOutput output) {
    ApplicationContextRunner cluster = oneCluster();
    cluster
        .withPropertyValues(SHARED + secret)
        .run(
            first ->
                cluster
                    .withPropertyValues(SHARED + TestSecrets.random())
                    .run(stranger -> assertThat(members(stranger)).hasSize(1)));
    cluster
        .withPropertyValues(SHARED + secret)
        .run(
            first ->
                cluster.withPropertyValues(SHARED + secret).run(second -> awaitMembers(second, 2)));
    assertThat(output).doesNotContain(secret);
  }

  @Test
  void nodesOfOneBundleMeetAlsoAfterItWasReloaded(@TempDir Path directory) {
    TestAuthority old = TestAuthority.first();
    TestAuthority next = TestAuthority.second();
    ApplicationContextRunner cluster = oneCluster().withPropertyValues(BUNDLE);
    cluster
        .withPropertyValues(bundle(old, directory))
        .run(
            first -> {
              cluster
                  .withPropertyValues(bundle(old, directory))
                  .run(second -> awaitMembers(second, 2));
              SslBundleRegistry registry = first.getBean(SslBundleRegistry.class);

              registry.updateBundle("nodes", SslBundle.of(new JksSslStoreBundle(null, null)));
              registry.updateBundle("nodes", reloaded(next, directory));

              cluster
                  .withPropertyValues(bundle(next, directory))
                  .run(second -> awaitMembers(second, 2));
            });
  }

  @Test
  void aSecretAndABundleTogetherAreRefused() {
    FailureAnalysis analysis = analyze(SHARED + secret, BUNDLE);
    assertThat(analysis.getDescription())
        .isEqualTo(
            "'p2pmap.security.shared-secret' and 'p2pmap.security.ssl-bundle' are both set.");
    assertThat(analysis.getAction()).contains("Keep one");
  }

  @Test
  void aWeakSecretIsRefusedAndNotRepeated(CapturedOutput output) {
    String weak = "correct-horse-battery";
    for (String[] properties :
        List.of(new String[] {SHARED + weak}, new String[] {SHARED + secret, ACCEPTED + weak})) {
      FailureAnalysis analysis = analyze(properties);
      assertThat(analysis.getDescription())
          .contains("p2pmap.security.shared-secret", "openssl rand -base64 32");
      assertThat(analysis.getDescription() + analysis.getAction() + analysis.getCause())
          .doesNotContain(weak)
          .doesNotContain(secret);
    }
    assertThat(output).doesNotContain(weak).doesNotContain(secret);
  }

  @Test
  void acceptedSecretsNeedOneToShow() {
    assertThat(analyze(ACCEPTED + secret).getDescription())
        .contains("'p2pmap.security.accepted-secrets'", "without")
        .doesNotContain(secret);
  }

  @Test
  void anUnknownBundleIsAnsweredByThoseThereAre(@TempDir Path directory) {
    TestAuthority authority = TestAuthority.first();
    FailureAnalysis analysis =
        FailureAnalysisTests.analyze(
            runner
                .withPropertyValues(bundle(authority, directory))
                .withPropertyValues("p2pmap.security.ssl-bundle=other"));
    assertThat(analysis.getDescription()).contains("'p2pmap.security.ssl-bundle'", "'other'");
    assertThat(analysis.getAction()).contains("nodes");
  }

  @Test
  void aBundleWithoutATrustStoreIsRefused() {
    TestAuthority authority = TestAuthority.first();
    FailureAnalysis analysis =
        FailureAnalysisTests.analyze(
            runner.withPropertyValues(BUNDLE).withPropertyValues(keys(authority)));
    assertThat(analysis.getDescription()).contains("'nodes'", "no trust store");
  }

  @Test
  void plaintextIsWarnedOfAtEachStart(CapturedOutput output) {
    runner.withPropertyValues("p2pmap.security.allow-plaintext=true").run(context -> {});
    assertThat(output).contains("WARN").contains("talks plaintext");
  }

  @Test
  void theActuatorNeverShowsASecret() {
    String other = TestSecrets.random();
    runner
        .withConfiguration(
            AutoConfigurations.of(
                EnvironmentEndpointAutoConfiguration.class,
                ConfigurationPropertiesReportEndpointAutoConfiguration.class,
                SecretSanitizerAutoConfiguration.class))
        .withPropertyValues(
            SHARED + secret,
            "p2pmap.security.accepted-secrets[0]=" + other,
            "p2pmap.node-name=shown",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always")
        .withSystemProperties("P2PMAP_SECURITY_SHAREDSECRET=" + secret)
        .run(
            context -> {
              JsonMapper json = new JsonMapper();
              assertThat(
                      json.writeValueAsString(
                          context.getBean(EnvironmentEndpoint.class).environment(null)))
                  .contains("shown", "shared-secret")
                  .doesNotContain(secret, other);
              assertThat(
                      json.writeValueAsString(
                          context
                              .getBean(ConfigurationPropertiesReportEndpoint.class)
                              .configurationProperties()))
                  .contains("shown", "sharedSecret")
                  .doesNotContain(secret, other);
              assertThat(context.getBean(P2pMapProperties.class).toString())
                  .contains("hidden")
                  .doesNotContain(secret, other);
            });
  }

  private ApplicationContextRunner oneCluster() {
    return runner.withPropertyValues(
        "p2pmap.cluster-name=" + UUID.randomUUID(),
        "p2pmap.bind-port=" + TestContexts.freePort(),
        "p2pmap.port-range=2");
  }

  private FailureAnalysis analyze(String... properties) {
    return FailureAnalysisTests.analyze(runner.withPropertyValues(properties));
  }

  private static void awaitMembers(AssertableApplicationContext context, int count) {
    Awaitility.await().until(() -> members(context).size() == count);
  }

  private static List<?> members(AssertableApplicationContext context) {
    return context.getBean(ReplicatedMaps.class).members();
  }

  private static String[] keys(TestAuthority authority) {
    return new String[] {
      "spring.ssl.bundle.jks.nodes.key.alias=node",
      "spring.ssl.bundle.jks.nodes.keystore.location=" + authority.keyStore().toUri(),
      "spring.ssl.bundle.jks.nodes.keystore.password=" + TestAuthority.PASSWORD
    };
  }

  private static String[] bundle(TestAuthority authority, Path directory) {
    String[] keys = keys(authority);
    return new String[] {
      keys[0],
      keys[1],
      keys[2],
      "spring.ssl.bundle.jks.nodes.truststore.location=" + trustStore(authority, directory).toUri(),
      "spring.ssl.bundle.jks.nodes.truststore.password=" + TestAuthority.PASSWORD
    };
  }

  private static SslBundle reloaded(TestAuthority authority, Path directory) {
    return SslBundle.of(
        new JksSslStoreBundle(
            details(authority.keyStore()), details(trustStore(authority, directory))),
        SslBundleKey.of(TestAuthority.PASSWORD, "node"));
  }

  private static JksSslStoreDetails details(Path store) {
    return JksSslStoreDetails.forLocation(store.toUri().toString())
        .withPassword(TestAuthority.PASSWORD);
  }

  private static Path trustStore(TestAuthority authority, Path directory) {
    return TestAuthority.writeTrustStore(directory.resolve(UUID.randomUUID() + ".p12"), authority);
  }
}
