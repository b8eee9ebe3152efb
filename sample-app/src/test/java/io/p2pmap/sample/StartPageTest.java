package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class StartPageTest {

  @LocalServerPort private int port;

  @Test
  void pageNeedsNothingFromElsewhere() {
    String page = Http.toPort(port).read(String.class, "/");

    assertThat(page)
        .contains("<title>Flag console</title>")
        .doesNotContain("http://", "https://", "//cdn", "src=", "@import");
  }
}
