package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMaps;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Loads the classes of a node on another thread, once a JVM, while the first context is made. That
 * is most of what a node adds to a start.
 *
 * <p>Not a {@code BackgroundPreinitializer} of Spring Boot: that knows no properties, and would
 * load them for applications that have switched the node off.
 */
final class NodePreloader
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(NodePreloader.class);
  private static final AtomicBoolean HAS_STARTED = new AtomicBoolean();

  private final AtomicBoolean hasStarted;
  private final Runnable preload;

  NodePreloader() {
    this(HAS_STARTED, ReplicatedMaps::preload);
  }

  /** For tests. */
  NodePreloader(AtomicBoolean hasStarted, Runnable preload) {
    this.hasStarted = hasStarted;
    this.preload = preload;
  }

  /** After those that add properties. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (isWorthIt()
        && isNeeded(context.getEnvironment())
        && hasStarted.compareAndSet(false, true)) {
      Thread thread = new Thread(this::preload, "p2pmap-preload");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static boolean isWorthIt() {
    return Runtime.getRuntime().availableProcessors() > 1 && !NativeDetector.inNativeImage();
  }

  private static boolean isNeeded(Environment environment) {
    return "true".equalsIgnoreCase(environment.getProperty("p2pmap.enabled", "true"))
        && !"memory".equalsIgnoreCase(environment.getProperty("p2pmap.transport"));
  }

  private void preload() {
    try {
      preload.run();
    } catch (RuntimeException | LinkageError ex) {
      LOG.debug("Classes could not be loaded in advance", ex); // who needs them will say so
    }
  }
}
