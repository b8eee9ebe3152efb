package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint of a real application over HTTP. */
class P2pMapEndpointWebTests {

  private static ConfigurableApplicationContext application;
  private static HttpClient client;

  @BeforeAll
  static void start(@TempDir Path directory) {
    application =
        run(
            "management.endpoint.p2pmap.access=unrestricted",
            "p2pmap.storage.directory=" + directory,
            "p2pmap.maps.saved.value-type=java.lang.String",
            "p2pmap.maps.saved.persist=true");
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void theNodeRunsBeforeTheWebServerAcceptsRequests() {
    assertThat(application.getBean(BeforeWebServer.class).nodeWasRunning).isTrue();
  }

  @Test
  void theNodeIsShownWithItsMaps() throws Exception {
    flags().put("beta", FeatureFlag.on(5));
    JsonNode node = json(get("/p2pmap"));
    assertThat(node.propertyNames())
        .containsExactly("name", "cluster", "running", "members", "missing", "maps");
    assertThat(node.at("/members/0/name").stringValue()).isEqualTo("node-a");
    JsonNode map = node.at("/maps/flags");
    assertThat(map.propertyNames())
        .containsExactly(
            "state",
            "size",
            "fingerprint",
            "tombstones",
            "hidden",
            "inSync",
            "clockConfirmed",
            "backlog",
            "members",
            "counters");
    assertThat(map.get("state").stringValue()).isEqualTo("READY");
    assertThat(map.get("fingerprint").stringValue()).matches("[0-9a-f]{16}");
  }

  @Test
  void theFilesOfAPersistedMapAreShown() throws Exception {
    saved().put("k", "v");
    JsonNode storage = json(get("/p2pmap")).at("/maps/saved/storage");
    assertThat(storage.get("location").stringValue()).endsWith("saved");
    assertThat(storage.get("state").stringValue()).isEqualTo("HEALTHY");
    assertThat(storage.has("degradedCause")).isFalse();
    assertThat(storage.get("logBytes").longValue()).isPositive();
    assertThat(storage.get("snapshotBytes").longValue()).isZero();
    assertThat(storage.at("/forces/count").longValue()).isPositive();
    assertThat(Instant.parse(storage.at("/forces/last").stringValue()))
        .isAfter(Instant.now().minusSeconds(60));
    assertThat(Duration.parse(storage.at("/forces/lastDuration").stringValue())).isPositive();
    assertThat(storage.at("/snapshots/count").longValue()).isZero();
    assertThat(storage.at("/recovery/records").longValue()).isZero();
    assertThat(storage.at("/recovery/damages").isArray()).isTrue();
  }

  @Test
  void contentsArePaged() throws Exception {
    ReplicatedMap<Integer, String> quotas = quotas();
    quotas.put(1, "a");
    quotas.put(2, "b");
    JsonNode page = json(get("/p2pmap/quotas?page=1&size=1"));
    assertThat(page.get("total").intValue()).isEqualTo(2);
    assertThat(page.at("/entries/0/key").stringValue()).isEqualTo("2");
    assertThat(get("/p2pmap/quotas?size=0").statusCode()).isEqualTo(400);
    assertThat(get("/p2pmap/quotas?size=many").statusCode()).isEqualTo(400);
  }

  @Test
  void anEntryIsShownWithWriterAndTimes() throws Exception {
    Instant before = Instant.now().minusSeconds(1);
    flags().put("timed.flag", FeatureFlag.on(5), Duration.ofHours(1));
    JsonNode entry = json(get("/p2pmap/flags/timed.flag"));
    assertThat(entry.get("key").stringValue()).isEqualTo("timed.flag");
    assertThat(entry.get("value").stringValue()).isEqualTo("******");
    assertThat(entry.get("writer").stringValue()).isEqualTo("node-a");
    assertThat(entry.get("stamp").stringValue()).matches("[0-9]+@[0-9a-f-]{36}");
    assertThat(Duration.parse(entry.get("age").stringValue()))
        .isBetween(Duration.ZERO, Duration.ofMinutes(5));
    assertThat(Instant.parse(entry.get("writtenAt").stringValue())).isAfter(before);
    assertThat(Instant.parse(entry.get("expiresAt").stringValue()))
        .isAfter(before.plus(Duration.ofHours(1)));
    assertThat(entry.get("valueBytes").intValue()).isPositive();
  }

  @Test
  void whatIsNotThereIs404() throws Exception {
    assertThat(get("/p2pmap/missing").statusCode()).isEqualTo(404);
    assertThat(get("/p2pmap/missing/key").statusCode()).isEqualTo(404);
    assertThat(get("/p2pmap/flags/missing").statusCode()).isEqualTo(404);
    assertThat(delete("/p2pmap/flags/missing").statusCode()).isEqualTo(404);
  }

  @Test
  void anEntryIsRemovedWhenAccessIsUnrestricted() throws Exception {
    flags().put("gone", FeatureFlag.on(5));
    assertThat(delete("/p2pmap/flags/gone").statusCode()).isEqualTo(204);
    assertThat(flags().containsKey("gone")).isFalse();
  }

  @Test
  void aPageHasOnlyTheKeysThatBeginAsAskedFor() throws Exception {
    for (String key : new String[] {"shop.a", "shop.b", "shopping", "other"}) {
      flags().put(key, FeatureFlag.on(1));
    }
    JsonNode page = json(get("/p2pmap/flags?prefix=shop.&size=1&page=1"));
    assertThat(page.get("total").intValue()).isEqualTo(2);
    assertThat(page.at("/entries/0/key").stringValue()).isEqualTo("shop.b");
    assertThat(json(get("/p2pmap/flags?prefix=nothing")).get("total").intValue()).isZero();
  }

  @Test
  void removalsAreShownWithWhoHasNotAcknowledgedThem() throws Exception {
    flags().put("removed", FeatureFlag.on(1));
    flags().remove("removed");
    JsonNode page = json(get("/p2pmap/flags?removed=true&prefix=removed"));
    assertThat(page.propertyNames()).containsExactly("map", "page", "size", "total", "removed");
    assertThat(page.get("total").intValue()).isBetween(0, 1); // a lone node soon forgets it
    assertThat(get("/p2pmap/missing?removed=true").statusCode()).isEqualTo(404);
    assertThat(get("/p2pmap/flags?removed=true&size=0").statusCode()).isEqualTo(400);
  }

  @Test
  void anEntryIsNotRemovedUnlessAccessIsUnrestricted() throws Exception {
    try (ConfigurableApplicationContext other = run()) {
      flags(other).put("beta", FeatureFlag.on(5));
      assertThat(send(other, "DELETE", "/p2pmap/flags/beta").statusCode()).isEqualTo(405);
      assertThat(flags(other).containsKey("beta")).isTrue();
    }
  }

  @Test
  void theShapeDoesNotDependOnTheApplicationsJackson() throws Exception {
    try (ConfigurableApplicationContext other =
        run(
            "management.endpoint.p2pmap.show-values=always",
            "spring.jackson.property-naming-strategy=SNAKE_CASE")) {
      flags(other).put("beta", FeatureFlag.on(5));
      JsonNode entry = json(send(other, "GET", "/p2pmap/flags/beta"));
      assertThat(entry.at("/value/rolloutPercent").intValue()).isEqualTo(5);
      assertThat(entry.has("valueBytes")).isTrue();
      assertThat(json(send(other, "GET", "/p2pmap/flags")).at("/entries/0").has("valueBytes"))
          .isTrue();
      assertThat(json(send(other, "GET", "/p2pmap")).at("/maps/flags").has("inSync")).isTrue();
    }
  }

  private static ConfigurableApplicationContext run(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties(TestContexts.nodeProperties())
        .properties(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "management.endpoints.web.exposure.include=health,p2pmap",
            "management.endpoint.health.show-details=always",
            "p2pmap.node-name=node-a",
            "p2pmap.maps.quotas.key-type=java.lang.Integer",
            "p2pmap.maps.quotas.value-type=java.lang.String",
            TestContexts.FLAGS)
        .properties(properties)
        .run();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(application, "GET", path);
  }

  private static HttpResponse<String> delete(String path) throws Exception {
    return send(application, "DELETE", path);
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext context, String method, String path)
      throws IOException, InterruptedException {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator" + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private static ReplicatedMap<String, FeatureFlag> flags() {
    return flags(application);
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ConfigurableApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<Integer, String> quotas() {
    return application.getBean("quotas", ReplicatedMap.class);
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, String> saved() {
    return application.getBean("saved", ReplicatedMap.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(BeforeWebServer.class)
  static class Application {}

  /** Starts directly before the web server. */
  static final class BeforeWebServer implements SmartLifecycle {

    private final ReplicatedMaps maps;
    private volatile boolean nodeWasRunning;

    BeforeWebServer(ReplicatedMaps maps) {
      this.maps = maps;
    }

    @Override
    public void start() {
      nodeWasRunning = maps.isRunning();
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }

    @Override
    public int getPhase() {
      return DEFAULT_PHASE - 2049;
    }
  }
}
