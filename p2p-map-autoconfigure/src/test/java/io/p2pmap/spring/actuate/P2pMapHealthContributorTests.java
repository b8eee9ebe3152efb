package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

class P2pMapHealthContributorTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner().withPropertyValues(TestContexts.FLAGS, "p2pmap.node-name=node-a");

  @Test
  void aLoneNodeIsUpAndMissesNobody() {
    runner.run(
        context -> {
          Health node = HealthDetails.ofNode(context);
          assertThat(node.getStatus()).isEqualTo(Status.UP);
          assertThat(node.getDetails())
              .containsEntry("name", "node-a")
              .containsEntry("members", 1)
              .doesNotContainKey("partitionedSince")
              .doesNotContainKey("missing");
        });
  }

  @Test
  void aMapIsUpAndSaysWhatItKnows() {
    runner.run(
        context -> {
          flags(context).put("beta", FeatureFlag.on(5));
          Health flags = HealthDetails.ofMap(context, "flags");
          assertThat(flags.getStatus()).isEqualTo(Status.UP);
          assertThat(flags.getDetails())
              .containsEntry("state", MapStatus.State.READY)
              .containsEntry("syncing", false)
              .containsEntry("degraded", false)
              .containsEntry("inSync", true)
              .containsEntry("clockConfirmed", true)
              .containsEntry("size", 1)
              .containsEntry("hidden", 0)
              .containsEntry("members", List.of())
              .doesNotContainKey("storage");
        });
  }

  @Test
  void aMapThatIsOpenedLaterHasAContributorAsLongAsItIsOpen() {
    runner.run(
        context -> {
          assertThat(HealthDetails.ofMap(context, "later")).isNull();
          HealthDetails.node(context).open(MapSpec.of("later", String.class, String.class));
          assertThat(HealthDetails.ofMap(context, "later").getStatus()).isEqualTo(Status.UP);
          assertThat(mapNames(context)).containsExactly("flags", "later");
          HealthDetails.node(context).close("later");
          assertThat(HealthDetails.ofMap(context, "later")).isNull();
          assertThat(mapNames(context)).containsExactly("flags");
        });
  }

  @Test
  void aMapMayHaveTheNameOfAnything() {
    runner.run(
        context -> {
          for (String name : List.of("node", "maps", "a/b", "ä ö")) {
            HealthDetails.node(context).open(MapSpec.of(name, String.class, String.class));
            assertThat(HealthDetails.ofMap(context, name).getStatus()).isEqualTo(Status.UP);
          }
          assertThat(HealthDetails.ofNode(context).getDetails()).containsKey("members");
        });
  }

  @Test
  void aClosedNodeIsDown() {
    runner.run(
        context -> {
          HealthDetails.node(context).close();
          assertThat(HealthDetails.ofNode(context).getStatus()).isEqualTo(Status.DOWN);
          assertThat(mapNames(context)).isEmpty();
        });
  }

  @Test
  void aMapThatIsClosedWhileItIsAskedIsDown() {
    runner.run(
        context -> {
          ReplicatedMap<String, FeatureFlag> flags = flags(context);
          HealthDetails.node(context).close("flags");
          assertThat(new MapHealthIndicator(flags).health().getStatus()).isEqualTo(Status.DOWN);
        });
  }

  @Test
  void anotherNodesValueThatThisOneRefusesIsHiddenAndNotDown() {
    runner.run(
        context -> {
          ReplicatedMap<String, String> here =
              HealthDetails.node(context)
                  .open(
                      MapSpec.<String, String>of("words", String.class, String.class)
                          .validator(word -> word.length() < 3));
          TestContexts.runner()
              .withPropertyValues(
                  "spring.application.name="
                      + context.getEnvironment().getProperty("spring.application.name"),
                  "p2pmap.bind-port=" + context.getEnvironment().getProperty("p2pmap.bind-port"),
                  "p2pmap.maps.words.value-type=java.lang.String")
              .run(
                  other -> {
                    @SuppressWarnings("unchecked")
                    ReplicatedMap<String, String> there =
                        other.getBean("words", ReplicatedMap.class);
                    there.put("k", "too long");
                    there.put("l", "ok");
                    await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> "ok".equals(here.get("l")) && here.get("k") == null);
                    assertThat(HealthDetails.ofMap(context, "words").getStatus())
                        .isEqualTo(Status.UP);
                    assertThat(HealthDetails.details(context, "words"))
                        .containsEntry("hidden", 1)
                        .containsEntry("size", 1);
                  });
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

  private static List<String> mapNames(ConfigurableApplicationContext context) {
    HealthContributors maps =
        (HealthContributors) HealthDetails.contributor(context).getContributor("maps");
    return maps.stream().map(HealthContributors.Entry::name).toList();
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ConfigurableApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }
}
