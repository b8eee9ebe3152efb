package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.p2pmap.MapStorageException;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.StorageStatus;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** What health says of a persisted map, and of its disk when something is wrong with it. */
class StorageHealthTests {

  private static final long FLAGS_WRITTEN = 20;

  @TempDir private Path directory;

  private Path files;
  private ApplicationContextRunner runner;

  @BeforeEach
  void writeSomeFlags() {
    files = directory.resolve("node-a").resolve("flags");
    runner =
        TestContexts.runner()
            .withPropertyValues(
                TestContexts.FLAGS,
                "p2pmap.node-name=node-a",
                "p2pmap.storage.directory=" + directory,
                "p2pmap.maps.flags.persist=true");
    runner.run(
        context -> {
          for (int i = 0; i < FLAGS_WRITTEN; i++) {
            flags(context).put("flag-" + i, FeatureFlag.on(i));
          }
        });
  }

  @Test
  void aHealthyDiskIsADetail() {
    runner.run(
        context ->
            assertThat(storage(context)).isEqualTo(Map.of("state", StorageStatus.State.HEALTHY)));
  }

  @Test
  void aNodeWhoseDiskFailsIsUpAndSaysWhyItTakesNoWrites() {
    runner.run(
        context -> {
          Path elsewhere = Files.move(files, directory.resolve("elsewhere"));
          assertThatThrownBy(() -> flags(context).put("lost", FeatureFlag.on(1)))
              .isInstanceOf(MapStorageException.class);
          assertThat(health(context).getStatus()).isEqualTo(Status.UP);
          assertThat(health(context).getDetails()).containsEntry("degraded", true);
          assertThat(storage(context))
              .containsEntry("state", StorageStatus.State.DEGRADED)
              .extractingByKey("degradedCause")
              .asString()
              .contains(files.toString());
          Files.move(elsewhere, files);
        });
  }

  @Test
  void aDamagedFileIsNamedUntilTheNextStart() throws Exception {
    Path log = files.resolve("log-0000000000000002");
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length / 2] ^= 1;
    Files.write(log, bytes);
    runner.run(
        context -> {
          assertThat(health(context).getStatus()).isEqualTo(Status.UP);
          assertThat(storage(context).get("damages"))
              .asInstanceOf(LIST)
              .singleElement()
              .asString()
              .startsWith("log-0000000000000002, bytes ")
              .contains("kept as log-0000000000000002.damaged-1");
        });
    runner.run(context -> assertThat(storage(context)).doesNotContainKey("damages"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> storage(ConfigurableApplicationContext context) {
    return (Map<String, Object>) health(context).getDetails().get("storage");
  }

  private static Health health(ConfigurableApplicationContext context) {
    return HealthDetails.ofMap(context, "flags");
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ConfigurableApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }
}
