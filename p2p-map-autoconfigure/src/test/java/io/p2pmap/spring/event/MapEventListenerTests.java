package io.p2pmap.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class MapEventListenerTests {

  private static final String BETAS = "p2pmap.maps.betas.value-type=" + FeatureFlag.class.getName();
  private static final String QUOTAS = "p2pmap.maps.quotas.value-type=java.lang.Integer";

  private final ApplicationContextRunner runner =
      TestContexts.runner().withPropertyValues(TestContexts.FLAGS, BETAS, QUOTAS);

  @Test
  void aMethodHearsTheMapsItNames() {
    runner
        .withPropertyValues("app.map=betas")
        .withBean(Named.class)
        .run(
            context -> {
              put(context, "flags", "a");
              put(context, "betas", "b");
              map(context, "quotas").put("c", 3);
              Named heard = context.getBean(Named.class);
              await().untilAsserted(() -> assertThat(heard.all).hasSize(2));
              await().untilAsserted(() -> assertThat(heard.both).hasSize(2));
              await().untilAsserted(() -> assertThat(heard.flags).hasSize(1));
              await().untilAsserted(() -> assertThat(heard.betas).hasSize(1));
              assertThat(heard.flags).containsExactly("flags a");
              assertThat(heard.betas).containsExactly("betas b");
              assertThat(heard.both).containsExactlyInAnyOrder("flags a", "betas b");
              assertThat(heard.all).containsExactlyInAnyOrder("flags a", "betas b");
            });
  }

  @Test
  void aMethodHearsOfPutsOrRemovalsOrBoth() {
    runner
        .withBean(PutsAndRemovals.class)
        .run(
            context -> {
              put(context, "flags", "a");
              map(context, "flags").remove("a");
              PutsAndRemovals heard = context.getBean(PutsAndRemovals.class);
              await().untilAsserted(() -> assertThat(heard.both).containsExactly("+a", "-a"));
              await().untilAsserted(() -> assertThat(heard.puts).containsExactly("a"));
              await().untilAsserted(() -> assertThat(heard.removals).containsExactly("a"));
            });
  }

  @Test
  void theConditionIsThatOfEventListener() {
    runner
        .withBean(Conditional.class)
        .run(
            context -> {
              map(context, "flags").put("low", FeatureFlag.on(10));
              map(context, "flags").put("high", FeatureFlag.on(90));
              List<String> heard = context.getBean(Conditional.class).heard;
              await().untilAsserted(() -> assertThat(heard).containsExactly("high"));
            });
  }

  @Test
  void aMethodThatBlocksOrFailsDelaysNoOther() {
    runner
        .withBean(Blocking.class)
        .withBean(Plain.class)
        .run(
            context -> {
              Blocking blocking = context.getBean(Blocking.class);
              put(context, "flags", "a");
              put(context, "flags", "b");
              await().untilAsserted(() -> assertThat(blocking.other).containsExactly("a", "b"));
              Plain plain = context.getBean(Plain.class);
              await().untilAsserted(() -> assertThat(plain.heard).containsExactly("a", "b"));
              assertThat(blocking.failing).containsExactly("a", "b");
              assertThat(blocking.heard).isEmpty();
              blocking.goOn.countDown();
              await().untilAsserted(() -> assertThat(blocking.heard).containsExactly("a", "b"));
            });
  }

  @Test
  void methodsWithAnOrderAreCalledInIt() {
    runner
        .withBean(Steps.class) // the listeners are found in the order of these lines
        .withBean(Third.class)
        .withBean(First.class)
        .withBean(Second.class)
        .run(
            context -> {
              put(context, "flags", "a");
              put(context, "flags", "b");
              List<String> heard = context.getBean(Steps.class).heard;
              await()
                  .untilAsserted(
                      () ->
                          assertThat(heard)
                              .containsExactly("1 a", "2 a", "3 a", "1 b", "2 b", "3 b"));
            });
  }

  @Test
  void aMethodMayBeAsynchronousInAClassThatIsProxied() {
    runner
        .withUserConfiguration(AsyncByClass.class)
        .run(
            context -> {
              AsyncListener listener = context.getBean(AsyncListener.class);
              assertThat(AopUtils.isCglibProxy(listener)).isTrue();
              put(context, "flags", "a");
              await()
                  .untilAsserted(
                      () -> assertThat(listener.heard()).containsExactly("a on executor-1"));
            });
  }

  @Test
  void aMethodOfAnInterfaceIsCalledThroughItsProxy() {
    runner
        .withUserConfiguration(AsyncByInterface.class)
        .run(
            context -> {
              Heard listener = context.getBean(Heard.class);
              assertThat(AopUtils.isJdkDynamicProxy(listener)).isTrue();
              put(context, "flags", "a");
              await()
                  .untilAsserted(
                      () -> assertThat(listener.heard()).containsExactly("a on executor-1"));
            });
  }

  @Test
  void aMapThatIsNotThereEndsTheStart() {
    runner
        .withBean(OfUnknownMap.class)
        .run(
            context ->
                assertThat(analysis(context).getDescription())
                    .contains("OfUnknownMap.on(", "'flgs', which is not a bean"));
    runner
        .withBean(OfUnknownMap.class)
        .run(
            context ->
                assertThat(analysis(context).getAction()).endsWith(": betas, flags, quotas."));
  }

  @Test
  void aParameterThatNoEventOfTheMapFitsEndsTheStart() {
    runner
        .withBean(OfOtherType.class)
        .run(
            context -> {
              FailureAnalysis analysis = analysis(context);
              assertThat(analysis.getDescription()).contains("OfOtherType.on(", "'quotas'");
              assertThat(analysis.getAction()).contains("Put<java.lang.String, java.lang.Integer>");
            });
  }

  @Test
  void aMethodWithoutAnEventEndsTheStart() {
    runner
        .withBean(OfText.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("has no parameter of type io.p2pmap.MapEvent"));
  }

  @Test
  void listenersDoNoHarmWhenDisabled() {
    runner
        .withPropertyValues("p2pmap.enabled=false")
        .withBean(Named.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aMapHasAThreadForEachWhoListensAndNoOther() {
    String flag = FeatureFlag.class.getName();
    TestContexts.runner()
        .withPropertyValues(
            "p2pmap.maps.heard.value-type=" + flag, "p2pmap.maps.unheard.value-type=java.lang.Long")
        .withBean(OfHeard.class)
        .run(
            context -> {
              assertThat(Threads.namedLike("p2pmap-events-heard-")).hasSize(2);
              assertThat(Threads.namedLike("p2pmap-events-unheard-")).isEmpty();
            });
    await().untilAsserted(() -> assertThat(Threads.namedLike("p2pmap-events-heard-")).isEmpty());
  }

  private static FailureAnalysis analysis(AssertableApplicationContext context) {
    FailureAnalysis analysis =
        new InvalidListenerFailureAnalyzer().analyze(context.getStartupFailure());
    assertThat(analysis).isNotNull();
    return analysis;
  }

  private static void put(AssertableApplicationContext context, String map, String key) {
    map(context, map).put(key, FeatureFlag.on(1));
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, Object> map(
      AssertableApplicationContext context, String name) {
    return context.getBean(name, ReplicatedMap.class);
  }

  static final class Named {

    final List<String> flags = new CopyOnWriteArrayList<>();
    final List<String> betas = new CopyOnWriteArrayList<>();
    final List<String> both = new CopyOnWriteArrayList<>();
    final List<String> all = new CopyOnWriteArrayList<>();

    @MapEventListener("flags")
    void flags(MapEvent.Put<String, FeatureFlag> event) {
      flags.add(event.mapName() + " " + event.key());
    }

    @MapEventListener("${app.map:betas}")
    void betas(MapEvent.Put<String, FeatureFlag> event) {
      betas.add(event.mapName() + " " + event.key());
    }

    @MapEventListener({"flags", "betas"})
    void both(MapEvent<String, FeatureFlag> event) {
      both.add(event.mapName() + " " + event.key());
    }

    @MapEventListener
    void all(MapEvent.Put<String, FeatureFlag> event) {
      all.add(event.mapName() + " " + event.key());
    }
  }

  static final class PutsAndRemovals {

    final List<String> puts = new CopyOnWriteArrayList<>();
    final List<String> removals = new CopyOnWriteArrayList<>();
    final List<String> both = new CopyOnWriteArrayList<>();

    @MapEventListener("flags")
    void put(MapEvent.Put<String, FeatureFlag> event) {
      puts.add(event.key());
    }

    @MapEventListener("flags")
    void removed(MapEvent.Removed<String, FeatureFlag> event) {
      removals.add(event.key());
    }

    @MapEventListener("flags")
    void both(MapEvent<?, ?> event) {
      both.add((event instanceof MapEvent.Put<?, ?> ? "+" : "-") + event.key());
    }
  }

  static final class Conditional {

    final List<String> heard = new CopyOnWriteArrayList<>();

    @MapEventListener(value = "flags", condition = "#event.value().rolloutPercent() > 50")
    void on(MapEvent.Put<String, FeatureFlag> event) {
      heard.add(event.key());
    }
  }

  static final class Blocking {

    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<String> failing = new CopyOnWriteArrayList<>();
    final List<String> other = new CopyOnWriteArrayList<>();
    final CountDownLatch goOn = new CountDownLatch(1);

    @MapEventListener("flags")
    void block(MapEvent.Put<String, FeatureFlag> event) throws InterruptedException {
      goOn.await();
      heard.add(event.key());
    }

    @MapEventListener("flags")
    void fail(MapEvent.Put<String, FeatureFlag> event) {
      failing.add(event.key());
      throw new IllegalStateException("on purpose");
    }

    @MapEventListener("flags")
    void other(MapEvent.Put<String, FeatureFlag> event) {
      other.add(event.key());
    }
  }

  static final class Plain {

    final List<String> heard = new CopyOnWriteArrayList<>();

    @EventListener
    void on(MapEvent.Put<String, FeatureFlag> event) {
      heard.add(event.key());
    }
  }

  static final class Steps {

    final List<String> heard = new CopyOnWriteArrayList<>();
  }

  record Third(Steps steps) {

    @Order(3)
    @MapEventListener("flags")
    void on(MapEvent.Put<String, FeatureFlag> event) {
      steps.heard.add("3 " + event.key());
    }
  }

  record First(Steps steps) {

    @Order(1)
    @MapEventListener("flags")
    void on(MapEvent.Put<String, FeatureFlag> event) {
      steps.heard.add("1 " + event.key());
      throw new IllegalStateException("on purpose");
    }
  }

  record Second(Steps steps) {

    @Order(2)
    @MapEventListener("flags")
    void on(MapEvent.Put<String, FeatureFlag> event) {
      steps.heard.add("2 " + event.key());
    }
  }

  interface Heard {

    void on(MapEvent.Put<String, FeatureFlag> event);

    List<String> heard();
  }

  static class AsyncListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Async
    @MapEventListener("flags")
    public void on(MapEvent.Put<String, FeatureFlag> event) {
      heard.add(event.key() + " on " + Thread.currentThread().getName());
    }

    public List<String> heard() {
      return heard;
    }
  }

  static class AsyncInterfaceListener extends AsyncListener implements Heard {}

  @Configuration(proxyBeanMethods = false)
  @EnableAsync(proxyTargetClass = true)
  static class AsyncByClass extends Executor {

    @Bean
    AsyncListener listener() {
      return new AsyncListener();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class AsyncByInterface extends Executor {

    @Bean
    Heard listener() {
      return new AsyncInterfaceListener();
    }
  }

  static class Executor {

    @Bean
    SimpleAsyncTaskExecutor taskExecutor() {
      return new SimpleAsyncTaskExecutor("executor-");
    }
  }

  static final class OfUnknownMap {

    @MapEventListener({"flags", "flgs"})
    void on(MapEvent.Put<String, FeatureFlag> event) {
      throw new AssertionError(event);
    }
  }

  static final class OfOtherType {

    @MapEventListener("quotas")
    void on(MapEvent.Put<String, FeatureFlag> event) {
      throw new AssertionError(event);
    }
  }

  static final class OfText {

    @MapEventListener("flags")
    void on(String text) {
      throw new AssertionError(text);
    }
  }

  static final class OfHeard {

    @MapEventListener("heard")
    void on(MapEvent.Put<String, FeatureFlag> event) {}

    @EventListener
    void plain(MapEvent.Put<String, FeatureFlag> event) {}
  }
}
