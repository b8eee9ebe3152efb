package io.p2pmap.cluster;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What this process logs from {@link #record} to {@link #close}, at INFO and above. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Logger PRODUCT = (Logger) LoggerFactory.getLogger("io.p2pmap");

  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogLines() {}

  /** Begins to record. */
  public static LogLines record() {
    LogLines lines = new LogLines();
    lines.start();
    PRODUCT.setLevel(ch.qos.logback.classic.Level.INFO);
    PRODUCT.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getLevel() + " " + event.getFormattedMessage());
  }

  /** Those that contain all of {@code parts}. */
  public List<String> containing(String... parts) {
    return lines.stream().filter(line -> List.of(parts).stream().allMatch(line::contains)).toList();
  }

  @Override
  public void close() {
    PRODUCT.detachAppender(this);
    PRODUCT.setLevel(null);
    stop();
  }
}
