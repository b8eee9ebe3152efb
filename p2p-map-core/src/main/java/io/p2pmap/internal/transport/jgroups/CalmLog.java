package io.p2pmap.internal.transport.jgroups;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jgroups.logging.Slf4jLogImpl;
import org.jspecify.annotations.Nullable;

/**
 * The log of a JGroups protocol, which tells each kind of warning and error at most once a minute,
 * with how many there were. JGroups 5.5.7 warns of each message that makes no sense to it, and
 * whoever is in the cluster can send many.
 *
 * <p>Threading: any.
 */
class CalmLog extends Slf4jLogImpl {

  /** JGroups has far fewer; but for some, what is told has been put into the text already. */
  private static final int MAX_KINDS = 100;

  private static final String OTHERS = "";

  private static final CustomLogFactory FACTORY =
      new CustomLogFactory() {
        @Override
        public Log getLog(Class<?> category) {
          return new CalmLog(category.getName());
        }

        @Override
        public Log getLog(String category) {
          return new CalmLog(category);
        }
      };

  private final Map<String, PacedCount> kinds = new ConcurrentHashMap<>();

  CalmLog(String category) {
    super(category);
  }

  /**
   * Makes something whose protocols get such logs. JGroups makes a log with each protocol, by a
   * factory of the whole process: whoever else makes a protocol at this moment gets such a log,
   * too.
   */
  static <T> T during(Callable<T> make) throws Exception {
    CustomLogFactory usual = LogFactory.getCustomLogFactory();
    LogFactory.setCustomLogFactory(FACTORY);
    try {
      return make.call();
    } finally {
      LogFactory.setCustomLogFactory(usual);
    }
  }

  @Override
  public void error(String message) {
    pace(message, suffix -> super.error(message + suffix));
  }

  @Override
  public void error(String format, @Nullable Object... arguments) {
    pace(format, suffix -> super.error(String.format(format, arguments) + suffix));
  }

  @Override
  public void error(String message, Throwable cause) {
    pace(message, suffix -> super.error(message + suffix, cause));
  }

  @Override
  public void warn(String message) {
    pace(message, suffix -> super.warn(message + suffix));
  }

  @Override
  public void warn(String format, @Nullable Object... arguments) {
    pace(format, suffix -> super.warn(String.format(format, arguments) + suffix));
  }

  @Override
  public void warn(String message, Throwable cause) {
    pace(message, suffix -> super.warn(message + suffix, cause));
  }

  private void pace(String kind, Consumer<String> line) {
    boolean isKnown = kinds.size() < MAX_KINDS || kinds.containsKey(kind);
    PacedCount count = kinds.computeIfAbsent(isKnown ? kind : OTHERS, any -> new PacedCount());
    if (count.count(System.nanoTime())) {
      long times = count.total();
      line.accept(
          times == 1 ? "" : " (%d times so far, told at most once a minute)".formatted(times));
    }
  }
}
