package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {

  private final CapturedLog captured = new CapturedLog(ConnectionLogTest.class);
  private final ConnectionLog log = new ConnectionLog(ConnectionLogTest.class);

  @AfterEach
  void stop() {
    captured.close();
  }

  @Test
  void errorsOfConnectionsThatEndAreDebugLines() {
    log.error("broken pipe");
    log.error("failed sending to %s", "b");
    log.error("failed", new SocketException("Broken pipe"));

    assertThat(captured.lines()).hasSize(3).allMatch(line -> line.getLevel() == Level.DEBUG);
    assertThat(captured.lines().get(1).getFormattedMessage()).isEqualTo("failed sending to b");
  }

  @Test
  void warningsStayUnlessThisSideHasClosed() {
    log.warn("from %s: %s", "b", new SocketException("Stream closed"));
    log.warn("reading", new SocketException("Stream closed"));
    log.warn("Stream closed");
    log.warn("from %s: %s", "b", "wrong cookie");
    log.warn("reading", new SocketException("Connection reset"));
    log.warn("wrong cookie");

    assertThat(captured.lines())
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.DEBUG, Level.DEBUG, Level.DEBUG, Level.WARN, Level.WARN, Level.WARN);
  }
}
