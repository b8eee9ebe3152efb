package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class PresenceControllerTest {

  @LocalServerPort private int port;

  @Test
  void nodeAnnouncesItself() {
    Http http = Http.toPort(port);

    PresentNode[] nodes = http.read(PresentNode[].class, "/presence");

    assertThat(nodes).hasSize(1);
    assertThat(nodes[0].name()).isEqualTo("alone");
    assertThat(nodes[0].url()).isEqualTo(http.url());
    assertThat(nodes[0].pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(nodes[0].startedAt()).isBefore(Instant.now());
  }
}
