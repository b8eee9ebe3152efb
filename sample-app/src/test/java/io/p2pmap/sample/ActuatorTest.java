package io.p2pmap.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class ActuatorTest {

  @LocalServerPort private int port;
  private Http http;

  @BeforeEach
  void connect() {
    http = Http.toPort(port);
  }

  @Test
  void healthShowsEveryMap() {
    http.get("/actuator/health")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.components.p2pmap.status")
        .isEqualTo("UP")
        .jsonPath("$.components.p2pmap.components.maps.components.length()")
        .isEqualTo(3);
  }

  @Test
  void readinessIncludesTheMaps() {
    http.get("/actuator/health/readiness")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.components.p2pmap.status")
        .isEqualTo("UP");
  }

  @Test
  void endpointShowsValues() {
    http.put("/flags/shown", new FeatureFlag(true, 42, ""));

    http.get("/actuator/p2pmap/flags/shown")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.value.rolloutPercent")
        .isEqualTo(42)
        .jsonPath("$.writer")
        .isEqualTo("alone");
  }
}
