package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

@ConsoleTest
class FlagControllerTest {

  @LocalServerPort private int port;
  private Http http;

  @BeforeEach
  void connect() {
    http = Http.toPort(port);
  }

  @Test
  void flagThatWasPutIsRead() {
    FeatureFlag flag = new FeatureFlag(true, 25, "for the brave");

    http.put("/flags/dark-mode", flag).expectStatus().isNoContent();

    assertThat(http.read(FeatureFlag.class, "/flags/dark-mode")).isEqualTo(flag);
  }

  @Test
  void allFlagsAreOneObject() {
    http.put("/flags/one", new FeatureFlag(true, 1, "a"));
    http.put("/flags/two", new FeatureFlag(false, 2, "b"));

    http.get("/flags")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.one.rolloutPercent")
        .isEqualTo(1)
        .jsonPath("$.two.enabled")
        .isEqualTo(false);
  }

  @Test
  void unknownFlagIsNotFound() {
    http.get("/flags/unknown")
        .expectStatus()
        .isNotFound()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("There is no flag 'unknown'");
  }

  @Test
  void removedFlagIsNotFound() {
    http.put("/flags/removed", new FeatureFlag(true, 1, ""));

    http.delete("/flags/removed").expectStatus().isNoContent();

    http.get("/flags/removed").expectStatus().isNotFound();
  }

  @Test
  void removalOfAnUnknownFlagSucceeds() {
    http.delete("/flags/never-seen").expectStatus().isNoContent();
  }

  @Test
  void flagEndsWithItsTimeToLive() {
    http.put("/flags/short?ttl=PT1S", new FeatureFlag(true, 1, "")).expectStatus().isNoContent();

    await().atMost(Duration.ofSeconds(20)).until(() -> http.status("/flags/short") == 404);
  }

  @Test
  void timeToLiveIsKeptWithTheEntry() {
    http.put("/flags/long?ttl=PT1H", new FeatureFlag(true, 1, ""));

    http.get("/actuator/p2pmap/flags/long").expectBody().jsonPath("$.expiresAt").isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void flagThatTheValidatorRefusesIsABadRequestThatSaysWhy(int rolloutPercent) {
    http.put("/flags/refused", new FeatureFlag(true, rolloutPercent, ""))
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("Flag 'refused': rolloutPercent must be 0 to 100, but was " + rolloutPercent);

    http.get("/flags/refused").expectStatus().isNotFound();
  }

  @Test
  void flagThatIsTooLargeIsABadRequestThatSaysWhy() {
    http.put("/flags/large", new FeatureFlag(true, 1, "x".repeat(1_100_000)))
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .value((String detail) -> assertThat(detail).contains("bytes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {                                       | The body is not well-formed JSON
          {"enabled": true}                       | 'rolloutPercent' is missing or has a wrong type
          {"enabled": {}, "rolloutPercent": 1}    | 'enabled' is missing or has a wrong type
          []                                      | The body is not a JSON object
          """)
  void unreadableFlagIsABadRequestThatSaysWhy(String body, String reason) {
    http.put("/flags/unreadable", body)
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "soon"})
  void timeToLiveThatIsNoPositiveDurationIsABadRequest(String ttl) {
    http.put("/flags/timed?ttl=" + ttl, new FeatureFlag(true, 1, ""))
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .value((String detail) -> assertThat(detail).contains("ttl"));
  }
}
