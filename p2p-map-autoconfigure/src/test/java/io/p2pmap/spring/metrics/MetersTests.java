package io.p2pmap.spring.metrics;

import static io.p2pmap.spring.metrics.TwoApplications.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Prometheus is told of one of two applications. */
@ExtendWith(TwoApplications.class)
class MetersTests {

  private final TwoApplications.Pair pair;
  private final TestApplication a;
  private final TestApplication b;

  MetersTests(TwoApplications.Pair pair) {
    this.pair = pair;
    this.a = pair.a();
    this.b = pair.b();
  }

  @Test
  void contentsAndWritesAreMeasuredByMap() throws Exception {
    ReplicatedMap<String, String> kept = a.map("kept");
    kept.put("k", "v");
    kept.put("l", "v");
    kept.remove("l");
    awaitValue(a, "p2pmap_entries{map=\"kept\"}", kept.size());
    awaitValue(a, "p2pmap_puts_total{map=\"kept\"}", kept.status().counters().get("puts"));
    awaitValue(a, "p2pmap_removes_total{map=\"kept\"}", 1);
    awaitValue(a, "p2pmap_divergences_total{map=\"kept\"}", 0);
    awaitValue(a, "p2pmap_ready{map=\"kept\"}", 1);
    assertThat(value(a, "p2pmap_batch_entries_count{map=\"kept\"}").orElseThrow()).isPositive();
    assertThat(value(a, "p2pmap_batch_bytes_sum{map=\"kept\"}").orElseThrow()).isPositive();
  }

  @Test
  void aWriteThatArrivesIsALagInAHistogram() throws Exception {
    b.<String, FeatureFlag>map("flags").put("arrived", FeatureFlag.on(1));
    awaitPositive(a, "p2pmap_replication_lag_seconds_count{map=\"flags\"}");
    assertThat(a.get("/prometheus"))
        .contains("p2pmap_replication_lag_seconds_bucket{map=\"flags\"");
  }

  @Test
  void aForceOfThePersistedMapIsATimer() throws Exception {
    a.<String, String>map("kept").put("forced", "v");
    awaitPositive(a, "p2pmap_storage_force_seconds_count{map=\"kept\"}");
    awaitPositive(a, "p2pmap_storage_written_bytes_total{map=\"kept\"}");
    awaitValue(a, "p2pmap_storage_healthy{map=\"kept\"}", 1);
    assertThat(a.get("/prometheus")).contains("p2pmap_storage_force_seconds_bucket{map=\"kept\"");
  }

  @Test
  void joinRecoveryAndTransferAreObserved() throws Exception {
    awaitPositive(b, "p2pmap_join_seconds_count{error=\"none\"}");
    awaitPositive(b, "p2pmap_recovery_seconds_count{error=\"none\",map=\"kept\"}");
    awaitPositive(b, "p2pmap_transfer_seconds_count{error=\"none\",kind=\"delta\",map=\"flags\"}");
  }

  @Test
  void theOtherNodeIsSeenWithItsAgreementAndItsClock() throws Exception {
    awaitValue(a, "p2pmap_members", 2);
    awaitValue(a, "p2pmap_peers{agreement=\"diverged\",map=\"flags\"}", 0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(value(a, "p2pmap_clock_offset_seconds{member=\"b\"}"))
                    .hasValueSatisfying(offset -> assertThat(offset).isBetween(-60.0, 60.0)));
  }

  @Test
  void theTransportIsMeasured() throws Exception {
    awaitPositive(a, "p2pmap_transport_messages_sent_total");
    awaitPositive(a, "p2pmap_transport_received_bytes_total");
    awaitPositive(a, "p2pmap_transport_connections");
    awaitValue(a, "p2pmap_inbox_dropped_total", 0);
    awaitValue(a, "p2pmap_frames_of_unknown_version_total", 0);
    awaitValue(a, "p2pmap_transport_dropped_total{reason=\"not-ours\"}", 0);
  }

  @Test
  void aMapThatIsOpenedLaterIsMeasuredAsLongAsItIsOpen() throws Exception {
    MapSpec<String, String> spec = MapSpec.of("later", String.class, String.class);
    a.node().open(spec).put("k", "v");
    awaitValue(a, "p2pmap_entries{map=\"later\"}", 1);
    a.node().close("later");
    assertThat(a.get("/prometheus")).doesNotContain("map=\"later\"");
  }

  @Test
  void theMeterOfANodeThatHasLeftIsGone() {
    String guest = "p2pmap_clock_offset_seconds{member=\"guest\"}";
    TestContexts.runner()
        .withPropertyValues(pair.properties())
        .withPropertyValues("p2pmap.node-name=guest")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              await().atMost(PATIENCE).until(() -> value(a, guest).isPresent());
            });
    await().atMost(PATIENCE).until(() -> value(a, guest).isEmpty());
  }

  @Test
  void metersCanBeSwitchedOffByBootsOwnProperty() {
    ApplicationContextRunner runner =
        TestContexts.runner()
            .withConfiguration(
                AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class,
                    P2pMapMetricsAutoConfiguration.class));
    runner.run(
        context ->
            assertThat(context.getBean(MeterRegistry.class).find("p2pmap.members").gauge())
                .isNotNull());
    runner
        .withPropertyValues("management.metrics.enable.p2pmap=false")
        .run(
            context ->
                assertThat(context.getBean(MeterRegistry.class).find("p2pmap.members").gauge())
                    .isNull());
  }

  static Optional<Double> value(TestApplication application, String sample) throws Exception {
    return application
        .get("/prometheus")
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .map(line -> Double.valueOf(line.substring(sample.length() + 1)))
        .findFirst();
  }

  private static void awaitValue(TestApplication application, String sample, double expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(value(application, sample)).as(sample).hasValue(expected));
  }

  private static void awaitPositive(TestApplication application, String sample) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(value(application, sample))
                    .as(sample)
                    .hasValueSatisfying(value -> assertThat(value).isPositive()));
  }
}
