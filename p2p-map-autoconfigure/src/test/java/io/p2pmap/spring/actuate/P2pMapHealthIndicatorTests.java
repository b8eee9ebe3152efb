package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

class P2pMapHealthIndicatorTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner().withPropertyValues(TestContexts.FLAGS);

  @Test
  void aLoneNodeIsUpWithADetailPerMap() {
    runner.run(
        context -> {
          Health health = health(context);
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails()).containsEntry("members", 1);
          assertThat(health.getDetails().get("maps"))
              .isEqualTo(
                  Map.of(
                      "flags",
                      Map.of(
                          "state",
                          MapStatus.State.READY,
                          "size",
                          0,
                          "hidden",
                          0,
                          "inSync",
                          true,
                          "clockConfirmed",
                          true,
                          "members",
                          List.of())));
        });
  }

  @Test
  void aClosedNodeIsDown() {
    runner.run(
        context -> {
          context.getBean(ReplicatedMaps.class).close();
          assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
        });
  }

  @Test
  void aClosedMapIsNoLongerShown() {
    runner.run(
        context -> {
          context.getBean(ReplicatedMaps.class).close("flags");
          Health health = health(context);
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails()).containsEntry("maps", Map.of());
        });
  }

  @Test
  void thereIsNoContributorWhenItIsSwitchedOff() {
    runner
        .withPropertyValues("management.health.p2pmap.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
  }

  @Test
  void aContributorOfTheApplicationReplacesOurs() {
    HealthIndicator own = () -> Health.unknown().build();
    runner
        .withBean("p2pmapHealthIndicator", HealthIndicator.class, () -> own)
        .run(context -> assertThat(context.getBean(HealthContributor.class)).isSameAs(own));
  }

  private static Health health(ConfigurableApplicationContext context) {
    return context.getBean("p2pmapHealthContributor", HealthIndicator.class).health();
  }
}
