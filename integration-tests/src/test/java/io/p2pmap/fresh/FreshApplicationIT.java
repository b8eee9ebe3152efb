package io.p2pmap.fresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application of a new user: what the starter promises, in two processes of it. */
class FreshApplicationIT {

  private static final Duration REPLICATION_LIMIT = Duration.ofSeconds(30);
  private static final Duration MERGE_LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path directory;

  private static FreshApplication application;
  private static FreshNode a;
  private static FreshNode b;

  @BeforeAll
  static void buildAndStart() throws Exception {
    application = FreshApplication.build(directory);
    String[] cluster = {
      "--spring.application.name=" + UUID.randomUUID(),
      "--p2pmap.discovery.type=file", // meets nobody else, whatever ports other tests use
      "--p2pmap.discovery.file.directory=" + directory.resolve("nodes"),
      "--p2pmap.bind-port=20200",
      "--p2pmap.port-range=1000"
    };
    a = FreshNode.start(application, "a", cluster);
    a.awaitStart();
    b = FreshNode.start(application, "b", withVirtualThreads(cluster));
    b.awaitStart();
    awaitThat(
        MERGE_LIMIT, () -> assertThat(json(a, "/actuator/info").at("/p2pmap/members")).hasSize(2));
  }

  private static String[] withVirtualThreads(String[] properties) {
    String[] all = Arrays.copyOf(properties, properties.length + 1);
    all[properties.length] = "--spring.threads.virtual.enabled=true";
    return all;
  }

  @AfterAll
  static void stop() {
    Stream.of(a, b).filter(node -> node != null).forEach(FreshNode::close);
  }

  @Test
  void itsOwnTestRanWithNodesInMemory() {
    assertThat(application.report("com.acme.flags.FlagControllerTest"))
        .content()
        .contains("aFlagThatAnotherNodeWroteIsThere")
        .doesNotContain("<skipped");
  }

  @Test
  void aWriteIsReadOnTheOtherNodeInTheNextRequest() throws Exception {
    for (int i = 0; i < 20; i++) {
      FreshNode writer = i % 2 == 0 ? a : b;
      FreshNode reader = i % 2 == 0 ? b : a;
      put(writer, "alternating", i);
      assertThat(json(reader, "/flags/alternating").path("rolloutPercent").asInt()).isEqualTo(i);
    }
  }

  @Test
  void listenersHearOfTheWritesOfBothNodes() throws Exception {
    put(a, "of-a", 1);
    put(b, "of-b", 1);
    for (FreshNode node : List.of(a, b)) {
      awaitThat(
          REPLICATION_LIMIT,
          () ->
              assertThat(node.get("/heard").body())
                  .contains("named: of-a by a", "generic: of-a by a")
                  .contains("named: of-b by b", "generic: of-b by b"));
    }
    assertThat(a.get("/heard").body()).contains("members: 2");
  }

  @Test
  void aValueAgainstItsConstraintsIsRefusedAndWrittenNowhere() throws Exception {
    HttpResponse<String> refused =
        a.put("/flags/refused", "{\"owner\": \"\", \"rolloutPercent\": 101}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("owner must not be blank", "rolloutPercent must be");

    put(a, "accepted", 100);
    assertThat(b.get("/flags/accepted").statusCode()).isEqualTo(200);
    assertThat(b.get("/flags/refused").statusCode()).isEqualTo(404);
  }

  @Test
  void healthHasAComponentForNodeAndMap() throws Exception {
    JsonNode health = json(a, "/actuator/health/p2pmap");
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.at("/components/node/details/members").asInt()).isEqualTo(2);
    assertThat(health.at("/components/maps/components/flags/status").asString()).isEqualTo("UP");
    assertThat(json(a, "/actuator/health/readiness").at("/components/p2pmap/status").asString())
        .isEqualTo("UP");
  }

  @Test
  void theEndpointShowsAnEntryAndThatTheNodesAgree() throws Exception {
    put(a, "shown", 42);
    awaitThat(
        REPLICATION_LIMIT,
        () -> {
          JsonNode entry = json(b, "/actuator/p2pmap/flags/shown");
          assertThat(entry.at("/value/rolloutPercent").asInt()).isEqualTo(42);
          assertThat(entry.path("writer").asString()).isEqualTo("a");
          assertThat(fingerprint(a)).isNotBlank().isEqualTo(fingerprint(b));
        });
  }

  private static String fingerprint(FreshNode node) throws Exception {
    return json(node, "/actuator/p2pmap").at("/maps/flags/fingerprint").asString();
  }

  @Test
  void metersCountWhatTheNodesDo() throws Exception {
    put(a, "counted", 1);
    awaitThat(
        REPLICATION_LIMIT,
        () -> {
          assertThat(meter(a, "p2pmap.puts?tag=map:flags")).isPositive();
          assertThat(meter(b, "p2pmap.applied?tag=map:flags")).isPositive();
          assertThat(meter(b, "p2pmap.members")).isEqualTo(2);
        });
  }

  private static double meter(FreshNode node, String name) throws Exception {
    return json(node, "/actuator/metrics/" + name).at("/measurements/0/value").asDouble();
  }

  @Test
  void whatOneNodeHasComputedIsInTheCacheOfTheOther() throws Exception {
    assertThat(json(a, "/prices/tea").path("computedBy").asString()).isEqualTo("a");
    assertThat(json(b, "/prices/tea").path("computedBy").asString()).isEqualTo("a");
  }

  private static void put(FreshNode node, String flag, int rolloutPercent) throws Exception {
    String json = "{\"owner\": \"web\", \"rolloutPercent\": %d}".formatted(rolloutPercent);
    HttpResponse<String> response = node.put("/flags/" + flag, json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static JsonNode json(FreshNode node, String path) throws Exception {
    HttpResponse<String> response = node.get(path);
    assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private static void awaitThat(Duration limit, ThrowingRunnable assertion) {
    await().atMost(limit).untilAsserted(assertion);
  }
}
