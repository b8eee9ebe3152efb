package io.p2pmap.spring.aot;

import io.p2pmap.MapEvent;
import io.p2pmap.MapSpec;
import io.p2pmap.NodeEvent;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.event.MapEventListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** An application that is processed ahead of time and then prints what it hears. */
@SpringBootApplication
public class AotApplication {

  private static final CountDownLatch HEARD = new CountDownLatch(5);

  @Bean
  MapSpec<String, FeatureFlag> flagsSpec() {
    return MapSpec.of("flags", String.class, FeatureFlag.class);
  }

  @Bean
  Listeners listeners(ReplicatedMap<String, FeatureFlag> flags) {
    return new Listeners(flags);
  }

  /** Starts, writes, and ends when everybody has heard of it. */
  public static void main(String[] args) throws InterruptedException {
    SpringApplication application = new SpringApplication(AotApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context = application.run(args)) {
      print("ahead of time: " + AotDetector.useGeneratedArtifacts());
      Listeners listeners = context.getBean(Listeners.class);
      listeners.flags.put("low", FeatureFlag.on(10));
      listeners.flags.put("high", FeatureFlag.on(90));
      print("beans: " + String.join(",", context.getBeanNamesForType(ReplicatedMap.class)));
      HEARD.await(30, TimeUnit.SECONDS);
    }
  }

  private static void print(String text) {
    System.out.println("> " + text);
    System.out.flush();
  }

  /** One listener of each kind. */
  public static class Listeners {

    private final ReplicatedMap<String, FeatureFlag> flags;

    Listeners(ReplicatedMap<String, FeatureFlag> flags) {
      this.flags = flags;
    }

    @EventListener
    void plain(MapEvent.Put<String, FeatureFlag> event) {
      hear("plain " + event.key());
    }

    @Order(1)
    @MapEventListener(value = "flags", condition = "#event.value().rolloutPercent() > 50")
    void named(MapEvent.Put<String, FeatureFlag> event) {
      hear("named " + event.key());
    }

    @EventListener
    void members(NodeEvent.MembersChanged event) {
      hear("members " + event.members().size());
    }

    @EventListener
    void synced(NodeEvent.MapSynchronized event) {
      if (event.mapName().equals("flags")) {
        hear("synchronized " + event.mapName());
      }
    }

    private static void hear(String text) {
      print(text);
      HEARD.countDown();
    }
  }
}
