package io.p2pmap.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.test.TestCluster;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two web applications of one cluster, and a client that a load balancer sends to both. */
class SessionConsistencyTests {

  private static final String ON = "p2pmap.web.session-consistency=true";

  /** Applications by their settings; shared, because their start takes longer than most tests. */
  private static final Map<List<String>, Applications> STARTED = new HashMap<>();

  private record Applications(
      TestCluster cluster, Map<String, ConfigurableApplicationContext> nodes) {

    static Applications start(List<String> properties) {
      TestCluster cluster = TestCluster.create();
      Applications applications = new Applications(cluster, new HashMap<>());
      applications.start("a", properties);
      applications.start("b", properties);
      ReplicatedMaps maps = applications.nodes.get("a").getBean(ReplicatedMaps.class);
      await().until(() -> maps.members().size() == 2);
      return applications;
    }

    private void start(String node, List<String> properties) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "server.port=0",
                  "server.address=127.0.0.1",
                  "spring.main.banner-mode=off",
                  "p2pmap.transport=memory",
                  "p2pmap.cluster-name=" + cluster.clusterName(),
                  "p2pmap.node-name=" + node,
                  "p2pmap.sync.interval=200ms",
                  "p2pmap.maps.texts.value-type=java.lang.String",
                  "p2pmap.web.token.timeout=30s"));
      all.addAll(properties);
      nodes.put(
          node,
          new SpringApplicationBuilder(WebTexts.class)
              .web(WebApplicationType.SERVLET)
              .properties(all.toArray(String[]::new))
              .run());
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final HttpClient stranger = HttpClient.newHttpClient();
  private TestCluster cluster;
  private Map<String, ConfigurableApplicationContext> nodes;

  private void start(String... properties) {
    Applications applications = STARTED.computeIfAbsent(List.of(properties), Applications::start);
    cluster = applications.cluster();
    nodes = applications.nodes();
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  @AfterAll
  static void close() {
    STARTED.values().stream()
        .flatMap(applications -> applications.nodes().values().stream())
        .forEach(ConfigurableApplicationContext::close);
    STARTED.clear();
  }

  private HttpRequest.Builder request(String node, String path) {
    String port = nodes.get(node).getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> put(String node, String path, String value) throws Exception {
    return client.send(
        request(node, path).PUT(BodyPublishers.ofString(value)).build(), BodyHandlers.ofString());
  }

  private String get(HttpClient reader, String node) throws IOException, InterruptedException {
    return reader.send(request(node, "/texts/k").build(), BodyHandlers.ofString()).body();
  }

  private CompletableFuture<String> getLater(String node) {
    return client
        .sendAsync(request(node, "/texts/k").build(), BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private static List<String> tokensOf(HttpResponse<?> response) {
    return response.headers().allValues("set-cookie");
  }

  @SuppressWarnings("unchecked")
  private ReplicatedMap<String, String> texts(String node) {
    return nodes.get(node).getBean("texts", ReplicatedMap.class);
  }

  @Test
  void withoutTheFilterALateWriteIsMissed() throws Exception {
    start();
    cluster.hold("a", "b");
    HttpResponse<String> written = put("a", "/texts/k", "v");
    assertThat(tokensOf(written)).isEmpty();
    assertThat(get(client, "b")).isEqualTo("nothing");
    assertThat(nodes.get("a").containsBean("p2pMapSessionConsistencyFilter")).isFalse();
  }

  @Test
  void withTheFilterTheNextRequestWaitsForALateWrite() throws Exception {
    start(ON);
    for (int i = 0; i < 5; i++) {
      String writer = i % 2 == 0 ? "a" : "b";
      String reader = i % 2 == 0 ? "b" : "a";
      String before = get(client, reader);
      cluster.hold(writer, reader);
      put(writer, "/texts/k", "v" + i);
      CompletableFuture<String> read = getLater(reader);
      assertThat(get(stranger, reader)).isEqualTo(before); // it is late, and only the writer waits
      assertThat(read).isNotDone();
      cluster.heal();
      assertThat(read.get()).isEqualTo("v" + i);
    }
  }

  @Test
  void aClientThatAlternatesNeverMissesItsWrites() throws Exception {
    start(ON);
    for (int i = 0; i < 200; i++) {
      put(i % 2 == 0 ? "a" : "b", "/texts/k", "v" + i);
      assertThat(get(client, i % 2 == 0 ? "b" : "a")).isEqualTo("v" + i);
    }
  }

  @Test
  void aTimeoutLetsTheRequestGoOn() throws Exception {
    start(ON, "p2pmap.web.token.timeout=50ms");
    cluster.hold("a", "b");
    put("a", "/texts/k", "v");
    assertThat(get(client, "b")).isEqualTo("nothing");
    cluster.heal();
    await().until(() -> get(client, "b").equals("v"));
  }

  @Test
  void onlyAWriteMakesAToken() throws Exception {
    start(ON);
    HttpResponse<String> read =
        client.send(request("a", "/texts/k").build(), BodyHandlers.ofString());
    assertThat(tokensOf(read)).isEmpty();
    assertThat(tokensOf(put("a", "/texts/k", "v")))
        .singleElement()
        .asString()
        .matches(
            "p2pmap-token=[A-Za-z0-9_-]{46}; Path=/; Max-Age=60; Expires=.*; HttpOnly; SameSite=Lax");
  }

  @Test
  void theTokenIsThereHoweverTheRequestEnds() throws Exception {
    start(ON);
    for (String path :
        List.of(
            "/redirected",
            "/refused",
            "/failed",
            "/later",
            "/streamed",
            "/written",
            "/on-another-thread")) {
      HttpResponse<String> response = put("a", path, "v");
      assertThat(tokensOf(response)).as(path + " " + response.statusCode()).hasSize(1);
    }
  }

  @Test
  void aHeaderCarriesItIfToldSo() throws Exception {
    start(ON, "p2pmap.web.token.carrier=header", "p2pmap.web.token.name=X-Seen");
    cluster.hold("a", "b");
    HttpResponse<String> written = put("a", "/texts/k", "v");
    assertThat(tokensOf(written)).isEmpty();
    String token = written.headers().firstValue("X-Seen").orElseThrow();
    HttpRequest withToken = request("b", "/texts/k").header("X-Seen", token).build();
    CompletableFuture<HttpResponse<String>> read =
        client.sendAsync(withToken, BodyHandlers.ofString());
    assertThat(get(client, "b")).isEqualTo("nothing");
    assertThat(read).isNotDone();
    cluster.heal();
    assertThat(read.get().body()).isEqualTo("v");
  }

  @Test
  void whatIsNoTokenCountsAsNone() throws Exception {
    start(ON);
    texts("a").put("k", "v");
    for (String cookie : List.of("x", "AAAA", "\"\"", "A".repeat(5_000), "AQ==", "%00")) {
      HttpRequest hostile =
          request("a", "/texts/k").header("Cookie", "p2pmap-token=" + cookie).build();
      assertThat(stranger.send(hostile, BodyHandlers.ofString()).body()).isEqualTo("v");
    }
  }

  @Test
  void unknownWritesOccupyOnlyAsManyThreadsAsMayWait() throws Exception {
    start(ON, "p2pmap.web.token.max-waiting=2");
    cluster.hold("a", "b");
    put("a", "/texts/k", "v");
    List<CompletableFuture<String>> reads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      reads.add(getLater("b"));
    }
    await().until(() -> reads.stream().filter(CompletableFuture::isDone).count() == 8);
    assertThat(reads.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
        .containsOnly("nothing");
    cluster.heal();
    await().until(() -> reads.stream().allMatch(CompletableFuture::isDone));
    assertThat(reads.stream().map(CompletableFuture::join).filter("v"::equals)).hasSize(2);
  }
}
