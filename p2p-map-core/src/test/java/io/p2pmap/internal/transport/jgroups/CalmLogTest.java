package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.util.stream.IntStream;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalmLogTest {

  private final CapturedLog captured = new CapturedLog(CalmLogTest.class);
  private final CalmLog log = new CalmLog(CalmLogTest.class.getName());

  @AfterEach
  void stop() {
    captured.close();
  }

  @Test
  void eachKindIsToldOnceInAWhileWhateverItSays() {
    for (int i = 0; i < 1_000; i++) {
      log.warn("%s: unknown type %d", "a", i);
      log.error("%s: no view in %d", "a", i);
      log.warn("failed", new IOException("%d".formatted(i)));
    }

    assertThat(captured.lines())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("a: unknown type 0", "a: no view in 0", "failed");
  }

  @Test
  void textsWithoutEndAreOneKind() {
    IntStream.range(0, 10_000).forEach(i -> log.warn("message " + i));

    assertThat(captured.lines()).hasSizeBetween(2, 101);
  }

  @Test
  void otherLinesAreAllTold() {
    log.debug("%s", "a");
    log.debug("%s", "b");
    log.info("c");
    log.info("c");

    assertThat(captured.lines()).hasSize(4);
  }

  @Test
  void onlyWhatIsMadeMeanwhileGetsSuchALog() throws Exception {
    Log meanwhile = CalmLog.during(() -> LogFactory.getLog(CalmLogTest.class));
    assertThatThrownBy(
            () ->
                CalmLog.during(
                    () -> {
                      throw new IOException("no channel");
                    }))
        .hasMessage("no channel");

    assertThat(meanwhile).isInstanceOf(CalmLog.class);
    assertThat(LogFactory.getLog(CalmLogTest.class)).isNotInstanceOf(CalmLog.class);
  }
}
