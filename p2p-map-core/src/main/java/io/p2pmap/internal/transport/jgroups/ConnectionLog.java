package io.p2pmap.internal.transport.jgroups;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the goodbyes of JGroups 5.5.7 into debug lines: connections log an error if the other side
 * closed before their closing mark was sent, and a warning if this side did while they were
 * reading.
 *
 * <p>Threading: any.
 */
final class ConnectionLog extends CalmLog {

  private static final String CLOSED_BY_US = "Stream closed";

  ConnectionLog(Class<?> category) {
    super(category.getName());
  }

  @Override
  public void error(String message) {
    debug(message);
  }

  @Override
  public void error(String format, @Nullable Object... arguments) {
    debug(format, arguments);
  }

  @Override
  public void error(String message, Throwable cause) {
    debug(message, cause);
  }

  @Override
  public void warn(String message) {
    if (message.contains(CLOSED_BY_US)) {
      debug(message);
    } else {
      super.warn(message);
    }
  }

  @Override
  public void warn(String format, @Nullable Object... arguments) {
    if (Arrays.toString(arguments).contains(CLOSED_BY_US)) {
      debug(format, arguments);
    } else {
      super.warn(format, arguments);
    }
  }

  @Override
  public void warn(String message, Throwable cause) {
    if (cause.toString().contains(CLOSED_BY_US)) {
      debug(message, cause);
    } else {
      super.warn(message, cause);
    }
  }
}
