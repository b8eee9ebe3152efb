package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionLogTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ConnectionLog log = new ConnectionLog(ConnectionLogTest.class);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void errorsOfConnectionsThatEndAreDebugLines() {
    log.error("broken pipe");
    log.error("failed sending to %s", "b");
    log.error("failed", new SocketException("Broken pipe"));

    assertThat(lines.list).hasSize(3).allMatch(line -> line.getLevel() == Level.DEBUG);
    assertThat(lines.list.get(1).getFormattedMessage()).isEqualTo("failed sending to b");
  }

  @Test
  void warningsStayUnlessThisSideHasClosed() {
    log.warn("from %s: %s", "b", new SocketException("Stream closed"));
    log.warn("reading", new SocketException("Stream closed"));
    log.warn("Stream closed");
    log.warn("from %s: %s", "b", "wrong cookie");
    log.warn("reading", new SocketException("Connection reset"));
    log.warn("wrong cookie");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.DEBUG, Level.DEBUG, Level.DEBUG, Level.WARN, Level.WARN, Level.WARN);
  }
}
