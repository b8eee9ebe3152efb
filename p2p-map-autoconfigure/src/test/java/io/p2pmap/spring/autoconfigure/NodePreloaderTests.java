package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

class NodePreloaderTests {

  private final AtomicBoolean hasStarted = new AtomicBoolean();
  private final List<Thread> preloads = new CopyOnWriteArrayList<>();

  @BeforeEach
  void needsTwoProcessors() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
  }

  @Test
  void springBootCallsIt() {
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                .load(ApplicationContextInitializer.class))
        .hasAtLeastOneElementOfType(NodePreloader.class);
  }

  @Test
  void classesAreLoadedOnceOnADaemonThread() {
    initialize();
    initialize();
    await().until(() -> !preloads.isEmpty());
    assertThat(hasStarted).isTrue();
    assertThat(preloads)
        .singleElement()
        .satisfies(
            thread -> {
              assertThat(thread).isNotSameAs(Thread.currentThread());
              assertThat(thread.getName()).isEqualTo("p2pmap-preload");
              assertThat(thread.isDaemon()).isTrue();
            });
  }

  @Test
  void nothingIsLoadedForANodeThatIsNotThereOrNeedsNoNetwork() {
    initialize("p2pmap.enabled=false");
    initialize("p2pmap.enabled=FALSE");
    initialize("p2pmap.transport=memory");
    assertThat(hasStarted).isFalse();
  }

  @Test
  void aFailureEndsNothing() throws Exception {
    NodePreloader failing =
        new NodePreloader(
            hasStarted,
            () -> {
              preloads.add(Thread.currentThread());
              throw new NoClassDefFoundError("on purpose");
            });
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    try {
      initialize(failing);
      await().until(() -> !preloads.isEmpty());
      preloads.get(0).join();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).isEmpty();
  }

  private void initialize(String... properties) {
    initialize(
        new NodePreloader(hasStarted, () -> preloads.add(Thread.currentThread())), properties);
  }

  private static void initialize(NodePreloader preloader, String... properties) {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      TestPropertyValues.of(Arrays.stream(properties)).applyTo(context);
      preloader.initialize(context);
    }
  }
}
