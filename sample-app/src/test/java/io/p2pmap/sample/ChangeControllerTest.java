package io.p2pmap.sample;

import static org.awaitility.Awaitility.await;

import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class ChangeControllerTest {

  @LocalServerPort private int port;
  private Http http;
  private ChangeReader changes;

  @BeforeEach
  void open() {
    http = Http.toPort(port);
    changes = ChangeReader.open(http);
    await().until(() -> !changes.lines().isEmpty());
  }

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void writtenFlagIsAnEvent() {
    http.put("/flags/watched", new FeatureFlag(true, 10, "new"));

    awaitLine(line -> line.equals("event:change"));
    awaitLine(
        line ->
            line.startsWith(
                    "data:{\"map\":\"flags\",\"key\":\"watched\",\"op\":\"PUT\",\"value\":"
                        + "{\"enabled\":true,\"rolloutPercent\":10,\"note\":\"new\"},"
                        + "\"writer\":\"alone\",\"origin\":\"LOCAL\",\"writtenAt\":")
                && line.endsWith("}"));
  }

  @Test
  void removedFlagIsAnEvent() {
    http.put("/flags/dropped", new FeatureFlag(true, 10, ""));

    http.delete("/flags/dropped");

    awaitLine(line -> line.contains("\"key\":\"dropped\",\"op\":\"REMOVED\",\"value\":null"));
  }

  @Test
  void expiredFlagIsAnEvent() {
    http.put("/flags/brief?ttl=PT0.5S", new FeatureFlag(true, 10, ""));

    awaitLine(line -> line.contains("\"key\":\"brief\",\"op\":\"EXPIRED\""));
  }

  private void awaitLine(Predicate<String> expected) {
    await().until(() -> changes.lines().stream().anyMatch(expected));
  }
}
