package io.p2pmap.internal.transport.jgroups;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged for one class, all levels from debug on, kept from the console. */
final class CapturedLog implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  CapturedLog(Class<?> category) {
    logger = (Logger) LoggerFactory.getLogger(category);
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  List<ILoggingEvent> lines() {
    return lines.list;
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
