package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class CatalogueControllerTest {

  @LocalServerPort private int port;
  private Http http;
  private int loaded;

  @BeforeEach
  void load() {
    http = Http.toPort(port);
    loaded =
        http.post("/catalogue/load").expectBody(Integer.class).returnResult().getResponseBody();
  }

  @Test
  void everyPropertyOfTheClassPathIsLoaded() {
    assertThat(loaded).isGreaterThan(1000);
    assertThat(http.read(Integer.class, "/catalogue/size")).isEqualTo(loaded);
  }

  @Test
  void propertyHasTypeDefaultAndDescription() {
    CatalogueEntry entry = http.read(CatalogueEntry.class, "/catalogue/server.port");

    assertThat(entry)
        .isEqualTo(new CatalogueEntry("java.lang.Integer", "8080", "Server HTTP port."));
  }

  @Test
  void listOfDefaultsIsJson() {
    CatalogueEntry entry =
        http.read(CatalogueEntry.class, "/catalogue/spring.web.resources.static-locations");

    assertThat(entry.defaultValue()).startsWith("[\"classpath:/META-INF/resources/\"");
  }

  @Test
  void unknownPropertyIsNotFound() {
    http.get("/catalogue/no.such.property").expectStatus().isNotFound();
  }
}
