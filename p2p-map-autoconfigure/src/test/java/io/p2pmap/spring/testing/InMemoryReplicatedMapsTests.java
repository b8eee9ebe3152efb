package io.p2pmap.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.Member;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.test.TestCluster;
import io.p2pmap.test.spring.InMemoryReplicatedMaps;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

/** What {@link InMemoryReplicatedMaps} gives a test, seen by one. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = InMemoryReplicatedMapsTests.FLAGS)
@InMemoryReplicatedMaps
class InMemoryReplicatedMapsTests {

  static final String FLAGS = "p2pmap.maps.flags.value-type=io.p2pmap.spring.FeatureFlag";

  private static final MapSpec<String, FeatureFlag> SPEC =
      MapSpec.of("flags", String.class, FeatureFlag.class);

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}

  @Autowired ReplicatedMap<String, FeatureFlag> flags;

  @Autowired TestCluster cluster;

  @Test
  void anotherNodeSeesTheApplicationsWritesAndTheOtherWayRound() {
    ReplicatedMap<String, FeatureFlag> other = cluster.start("other").open(SPEC);
    flags.put("mine", FeatureFlag.on(1));
    other.put("theirs", FeatureFlag.on(2));
    cluster.awaitAgreement("flags");
    assertThat(flags.asMap()).isEqualTo(other.asMap()).containsKeys("mine", "theirs");
    cluster.cut("app", "other");
    await().until(() -> flags.status().members().isEmpty());
    cluster.stop("other");
  }

  @Nested
  class Within {

    @Autowired TestCluster same;

    @Test
    void aNestedTestHasTheContextOfTheOneAround() {
      assertThat(same).isSameAs(cluster);
    }
  }

  @SpringBootTest(
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = InMemoryReplicatedMapsTests.FLAGS)
  @InMemoryReplicatedMaps
  static class Equal {}

  @SpringBootTest(
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = {FLAGS, "other=property"})
  @InMemoryReplicatedMaps
  static class Other {}

  @SpringBootTest(
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = {FLAGS, "p2pmap.maps.flags.persist=true"})
  @InMemoryReplicatedMaps(nodeName = "one", clusterName = "shared")
  static class SharedOne {}

  @SpringBootTest(
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = {FLAGS, "p2pmap.maps.flags.persist=true"})
  @InMemoryReplicatedMaps(nodeName = "two", clusterName = "shared")
  static class SharedTwo {}

  @JsonTest(properties = InMemoryReplicatedMapsTests.FLAGS)
  @InMemoryReplicatedMaps
  static class Slice {}

  private static ApplicationContext contextOf(Class<?> testClass) {
    return new TestContextManager(testClass).getTestContext().getApplicationContext();
  }

  private static ReplicatedMaps nodeOf(ApplicationContext context) {
    return context.getBean(ReplicatedMaps.class);
  }

  @Test
  void equalTestsShareACachedContextAndOthersDoNotSeeIt(@Autowired ApplicationContext mine) {
    assertThat(contextOf(Equal.class)).isSameAs(mine);
    ApplicationContext other = contextOf(Other.class);
    assertThat(nodeOf(other).members()).hasSize(1);
    assertThat(other.getBean(TestCluster.class).clusterName()).isNotEqualTo(cluster.clusterName());
  }

  @Test
  void contextsThatNameOneClusterReplicateAndPersistApart() throws Exception {
    ApplicationContext one = contextOf(SharedOne.class);
    ApplicationContext two = contextOf(SharedTwo.class);
    assertThat(nodeOf(one).members()).extracting(Member::name).containsExactly("one", "two");
    flags(one).put("k", FeatureFlag.on(1));
    await().until(() -> flags(two).containsKey("k"));

    Path storage = Path.of(one.getEnvironment().getProperty("p2pmap.storage.directory"));
    assertThat(storage).isNotEmptyDirectory();
    new TestContextManager(SharedOne.class)
        .getTestContext()
        .markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
    assertThat(((ConfigurableApplicationContext) one).isActive()).isFalse();
    assertThat(Files.exists(storage)).isFalse();
  }

  @Test
  void aSliceHasTheDeclaredMaps() {
    ApplicationContext slice = contextOf(Slice.class);
    flags(slice).put("k", FeatureFlag.on(1));
    assertThat(nodeOf(slice).members()).extracting(Member::address).containsExactly("memory");
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }
}
