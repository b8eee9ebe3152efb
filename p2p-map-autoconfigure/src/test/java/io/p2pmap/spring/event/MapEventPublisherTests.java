package io.p2pmap.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent;
import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class MapEventPublisherTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.quotas.value-type=java.lang.Integer")
          .withBean(Listeners.class);

  @Test
  void aListenerGetsOnlyTheEventsOfItsTypes() {
    runner
        .withUserConfiguration(Maps.class)
        .run(
            context -> {
              Maps maps = context.getBean(Maps.class);
              maps.flags.put("beta", FeatureFlag.on(5));
              maps.quotas.put("disk", 7);
              maps.flags.remove("beta");
              Listeners heard = context.getBean(Listeners.class);
              await().until(() -> heard.flags.size() == 2 && heard.all.size() == 3);
              assertThat(heard.flagPuts).containsExactly("beta");
              assertThat(heard.flagRemovals).containsExactly("beta");
              assertThat(heard.flags).containsExactly("Put beta", "Removed beta");
              assertThat(heard.quotaPuts).containsExactly(7);
            });
  }

  @Test
  void whatIsWrittenBeforeTheListenersAreThereIsNotMissed() {
    runner
        .withUserConfiguration(EarlyWriter.class)
        .run(
            context ->
                await()
                    .untilAsserted(
                        () ->
                            assertThat(context.getBean(Listeners.class).flagPuts)
                                .containsExactly("early")));
  }

  @Test
  void aMapBeanOfTheApplicationIsPublishedWithItsTypes() {
    runner
        .withUserConfiguration(OwnLimits.class)
        .run(
            context -> {
              context.getBean(OwnLimits.class).limits.getObject().put("a", FeatureFlag.on(9));
              await()
                  .untilAsserted(
                      () ->
                          assertThat(context.getBean(Listeners.class).flagPuts)
                              .containsExactly("a"));
            });
  }

  @Test
  void aListenerThatBlocksDoesNotDelayAnotherMap() {
    runner
        .withUserConfiguration(Maps.class)
        .run(
            context -> {
              Listeners heard = context.getBean(Listeners.class);
              context.getBean(Maps.class).flags.put("block", FeatureFlag.on(1));
              context.getBean(Maps.class).quotas.put("disk", 7);
              await().untilAsserted(() -> assertThat(heard.quotaPuts).containsExactly(7));
              assertThat(heard.flagPuts).isEmpty();
              heard.goOn.countDown();
              await().untilAsserted(() -> assertThat(heard.flagPuts).containsExactly("block"));
            });
  }

  @Test
  void requestsThatAreDrainedAtShutdownStillHaveTheirEvents() {
    Listeners[] heard = new Listeners[1];
    runner
        .withUserConfiguration(Maps.class, LateWriter.class)
        .run(context -> heard[0] = context.getBean(Listeners.class));
    assertThat(heard[0].quotaPuts).containsExactly(1);
  }

  static final class Listeners {

    final List<String> flagPuts = new CopyOnWriteArrayList<>();
    final List<String> flagRemovals = new CopyOnWriteArrayList<>();
    final List<String> flags = new CopyOnWriteArrayList<>();
    final List<Integer> quotaPuts = new CopyOnWriteArrayList<>();
    final List<MapEvent<?, ?>> all = new CopyOnWriteArrayList<>();
    final CountDownLatch goOn = new CountDownLatch(1);

    @EventListener
    void flagPut(MapEvent.Put<String, FeatureFlag> event) throws InterruptedException {
      if (event.key().equals("block")) {
        goOn.await();
      }
      flagPuts.add(event.key());
    }

    @EventListener
    void flagRemoved(MapEvent.Removed<String, FeatureFlag> event) {
      flagRemovals.add(event.key());
    }

    @EventListener
    void flagChanged(MapEvent<String, FeatureFlag> event) {
      flags.add(event.getClass().getSimpleName() + " " + event.key());
    }

    @EventListener
    void quotaPut(MapEvent.Put<String, Integer> event) {
      quotaPuts.add(event.value());
    }

    @EventListener
    void anything(MapEvent<?, ?> event) {
      all.add(event);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Maps {

    private final ReplicatedMap<String, FeatureFlag> flags;
    private final ReplicatedMap<String, Integer> quotas;

    Maps(ReplicatedMap<String, FeatureFlag> flags, ReplicatedMap<String, Integer> quotas) {
      this.flags = flags;
      this.quotas = quotas;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class EarlyWriter implements InitializingBean {

    private final ReplicatedMap<String, FeatureFlag> flags;

    EarlyWriter(ReplicatedMap<String, FeatureFlag> flags) {
      this.flags = flags;
    }

    @Override
    public void afterPropertiesSet() {
      flags.put("early", FeatureFlag.on(1));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnLimits {

    private final ObjectProvider<ReplicatedMap<String, FeatureFlag>> limits;

    OwnLimits(@Qualifier("limits") ObjectProvider<ReplicatedMap<String, FeatureFlag>> limits) {
      this.limits = limits;
    }

    @Bean
    static ReplicatedMap<String, FeatureFlag> limits(ReplicatedMaps maps) {
      return maps.open(MapSpec.of("limits", String.class, FeatureFlag.class));
    }
  }

  /** Writes where the last requests are answered: after the context began to close. */
  @Configuration(proxyBeanMethods = false)
  static class LateWriter implements SmartLifecycle {

    private final Maps maps;
    private final Listeners heard;
    private volatile boolean running;

    LateWriter(Maps maps, Listeners heard) {
      this.maps = maps;
      this.heard = heard;
    }

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      maps.quotas.put("late", 1);
      await().until(() -> !heard.quotaPuts.isEmpty());
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return DEFAULT_PHASE - 1024;
    }
  }
}
