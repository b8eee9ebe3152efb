package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Health, readiness and info of a real application, over HTTP. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthWebTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String[] NODE = TestContexts.nodeProperties();
  private static TestApplication application;

  @BeforeAll
  static void start() {
    application =
        TestApplication.start(
            NODE,
            TestContexts.FLAGS,
            "p2pmap.node-name=node-a",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.group.readiness.include=readinessState,p2pmap");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  @Order(1)
  void everyMapIsAComponent() throws Exception {
    JsonNode p2pmap = application.json("/health").at("/components/p2pmap");
    assertThat(p2pmap.get("status").stringValue()).isEqualTo("UP");
    assertThat(p2pmap.at("/components/node/details/members").intValue()).isEqualTo(1);
    JsonNode flags = p2pmap.at("/components/maps/components/flags");
    assertThat(flags.get("status").stringValue()).isEqualTo("UP");
    assertThat(flags.at("/details/state").stringValue()).isEqualTo("READY");
    application.node().open(MapSpec.of("later", String.class, String.class));
    assertThat(application.json("/health/p2pmap/maps/later").get("status").stringValue())
        .isEqualTo("UP");
    application.node().close("later");
    assertThat(application.send("GET", "/health/p2pmap/maps/later").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void readinessHasTheNodeInIt() throws Exception {
    JsonNode readiness = application.json("/health/readiness");
    assertThat(readiness.get("status").stringValue()).isEqualTo("UP");
    assertThat(readiness.at("/components/p2pmap/status").stringValue()).isEqualTo("UP");
    assertThat(readiness.at("/components/readinessState/status").stringValue()).isEqualTo("UP");
    assertThat(application.json("/health/liveness").at("/components").has("p2pmap")).isFalse();
  }

  @Test
  @Order(3)
  void infoSaysWhoAndWhat() throws Exception {
    JsonNode info = application.json("/info").get("p2pmap");
    assertThat(info.get("node").stringValue()).isEqualTo("node-a");
    assertThat(info.get("cluster").stringValue())
        .isEqualTo(application.node().status().clusterName());
    assertThat(info.at("/members/0").stringValue()).isEqualTo("node-a");
    assertThat(info.at("/maps/0").stringValue()).isEqualTo("flags");
  }

  @Test
  @Order(4)
  void whoIsKilledIsMissingAndTheNodeStaysUpAndReady() throws Exception {
    Instant before = Instant.now().minusSeconds(1);
    Process guest = startGuest();
    try {
      await().atMost(PATIENCE).until(() -> application.node().members().size() == 2);
    } finally {
      guest.destroyForcibly().waitFor();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode node = application.json("/health/p2pmap/node");
              assertThat(node.get("status").stringValue()).isEqualTo("UP");
              assertThat(node.at("/details/missing/0/name").asString("")).isEqualTo("guest");
              assertThat(Instant.parse(node.at("/details/partitionedSince").asString()))
                  .isAfter(before);
            });
    assertThat(application.json("/health/readiness").get("status").stringValue()).isEqualTo("UP");
    assertThat(application.json("/p2pmap").at("/missing/0/name").stringValue()).isEqualTo("guest");
  }

  @Test
  @Order(5)
  void aNodeThatEndedIsNotReady() throws Exception {
    application.node().close();
    assertThat(application.send("GET", "/health/readiness").statusCode()).isEqualTo(503);
    assertThat(application.send("GET", "/health/liveness").statusCode()).isEqualTo(200);
  }

  private static Process startGuest() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx128m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Guest.class.getName());
    command.addAll(Arrays.asList(NODE));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A node in a process of its own, until that is killed. */
  static final class Guest {

    public static void main(String[] properties) throws InterruptedException {
      ReplicatedMaps node =
          ReplicatedMaps.builder()
              .clusterName(valueOf("spring.application.name", properties))
              .bindPort(Integer.parseInt(valueOf("p2pmap.bind-port", properties)))
              .portRange(Integer.parseInt(valueOf("p2pmap.port-range", properties)))
              .nodeName("guest")
              .build();
      node.start();
      Thread.sleep(Duration.ofMinutes(5).toMillis());
      node.close();
    }

    private static String valueOf(String key, String[] properties) {
      return Arrays.stream(properties)
          .filter(property -> property.startsWith(key + "="))
          .map(property -> property.substring(key.length() + 1))
          .findFirst()
          .orElseThrow();
    }
  }
}
