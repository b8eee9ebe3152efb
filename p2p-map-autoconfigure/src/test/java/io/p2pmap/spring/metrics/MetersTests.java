package io.p2pmap.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications on real sockets, and what Prometheus is told of one of them. */
class MetersTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static TestApplication a;
  private static TestApplication b;

  @BeforeAll
  static void start() {
    String[] node = TestContexts.nodeProperties();
    a = start(node, "a");
    a.<String, FeatureFlag>map("flags").put("early", FeatureFlag.on(1));
    b = start(node, "b");
    await()
        .atMost(PATIENCE)
        .until(() -> a.map("flags").status().members().size() == 1 && inSync(a) && inSync(b));
  }

  private static TestApplication start(String[] node, String name) {
    return TestApplication.start(
        node,
        TestContexts.FLAGS,
        "p2pmap.node-name=" + name,
        "p2pmap.sync.interval=200ms",
        "p2pmap.storage.directory=" + folder,
        "p2pmap.maps.kept.value-type=java.lang.String",
        "p2pmap.maps.kept.persist=true",
        "management.metrics.distribution.percentiles-histogram.p2pmap.replication.lag=true",
        "management.metrics.distribution.slo.p2pmap.storage.force=1ms,1s");
  }

  private static boolean inSync(TestApplication application) {
    MapStatus status = application.map("flags").status();
    return status.isInSync() && status.state() == MapStatus.State.READY;
  }

  @AfterAll
  static void stop() {
    b.close();
    a.close();
  }

  @Test
  void contentsAndWritesAreMeasuredByMap() throws Exception {
    ReplicatedMap<String, String> kept = a.map("kept");
    kept.put("k", "v");
    kept.put("l", "v");
    kept.remove("l");
    awaitValue(a, "p2pmap_entries{map=\"kept\"}", 1);
    awaitValue(a, "p2pmap_puts_total{map=\"kept\"}", 2);
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
    assertThat(a.get("/prometheus"))
        .contains("p2pmap_storage_force_seconds_bucket{map=\"kept\",le=\"0.001\"}");
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
  void theMeterOfANodeThatHasLeftIsGone() throws Exception {
    TestApplication alone = start(TestContexts.nodeProperties(), "alone");
    String cluster = alone.node().status().clusterName();
    try {
      String port = alone.context().getEnvironment().getRequiredProperty("p2pmap.bind-port");
      TestApplication guest =
          TestApplication.start(
              TestContexts.nodeProperties(),
              TestContexts.FLAGS,
              "p2pmap.node-name=guest",
              "p2pmap.cluster-name=" + cluster,
              "p2pmap.bind-port=" + port);
      await()
          .atMost(PATIENCE)
          .until(() -> value(alone, "p2pmap_clock_offset_seconds{member=\"guest\"}").isPresent());
      guest.close();
      await()
          .atMost(PATIENCE)
          .until(() -> value(alone, "p2pmap_clock_offset_seconds{member=\"guest\"}").isEmpty());
    } finally {
      alone.close();
    }
  }

  @Test
  void metersCanBeSwitchedOffByBootsOwnProperty() throws Exception {
    try (TestApplication quiet =
        TestApplication.start(
            TestContexts.nodeProperties(),
            TestContexts.FLAGS,
            "management.metrics.enable.p2pmap=false")) {
      assertThat(quiet.get("/prometheus")).doesNotContain("p2pmap");
    }
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
