package io.p2pmap.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with the starter and what it depends on, and nothing else: no Actuator, no Micrometer,
 * no validation, no web server. Filtering class loaders do not tell the same.
 */
class StarterAloneIT {

  private static final List<String> OPTIONAL =
      List.of(
          "spring-boot-actuator",
          "spring-boot-health",
          "micrometer-core",
          "spring-boot-micrometer",
          "spring-boot-validation",
          "hibernate-validator",
          "spring-web",
          "spring-boot-cache");

  @TempDir private Path folder;

  @Test
  void theStarterBringsNothingOptional() throws IOException {
    List<String> jars =
        Arrays.stream(StarterProcess.classPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();
    assertThat(jars).isNotEmpty();
    for (String optional : OPTIONAL) {
      assertThat(jars).noneMatch(jar -> jar.startsWith(optional));
    }
  }

  @Test
  void anApplicationWithNothingElseStartsAndHasItsMap() throws Exception {
    String printed =
        StarterProcess.run(
            folder,
            StarterAloneApplication.class,
            "--debug",
            "--p2pmap.discovery.type=none",
            "--p2pmap.bind-port=20100",
            "--p2pmap.port-range=1000");
    assertThat(printed)
        .contains(StarterAloneApplication.SUCCESS + "{k=v}, READY")
        .doesNotContain("NoClassDefFoundError")
        .doesNotContain("ClassNotFoundException");
  }
}
