package io.p2pmap.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
        Arrays.stream(classPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();
    assertThat(jars).isNotEmpty();
    for (String optional : OPTIONAL) {
      assertThat(jars).noneMatch(jar -> jar.startsWith(optional));
    }
  }

  @Test
  void anApplicationWithNothingElseStartsAndHasItsMap() throws Exception {
    Path output = folder.resolve("output");
    Process process = start(output);
    boolean hasEnded = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(hasEnded).as(printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    assertThat(printed)
        .contains(StarterAloneApplication.SUCCESS + "{k=v}, READY")
        .doesNotContain("NoClassDefFoundError")
        .doesNotContain("ClassNotFoundException");
  }

  private Process start(Path output) throws IOException {
    String classPath = classPath() + File.pathSeparator + testClasses();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classPath,
            StarterAloneApplication.class.getName(),
            "--debug",
            "--spring.application.name=" + UUID.randomUUID(),
            "--p2pmap.discovery.type=none",
            "--p2pmap.bind-port=20100",
            "--p2pmap.port-range=1000",
            "--p2pmap.maps.flags.value-type=java.lang.String")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String classPath() throws IOException {
    return Files.readString(Path.of("target", "starter-alone.classpath")).strip();
  }

  private static Path testClasses() {
    return Path.of("target", "test-classes").toAbsolutePath();
  }
}
