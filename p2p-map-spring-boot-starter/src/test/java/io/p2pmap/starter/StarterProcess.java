package io.p2pmap.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A process with the starter and what it depends on, and nothing else but the tests' classes. */
final class StarterProcess {

  private StarterProcess() {}

  /** Runs an application to its end, which must be a success, and returns what it has printed. */
  static String run(Path directory, Class<?> application, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", classPath() + File.pathSeparator + testClasses()));
    command.add(application.getName());
    command.add("--spring.application.name=" + UUID.randomUUID());
    command.add("--p2pmap.maps.flags.value-type=java.lang.String");
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "output", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean hasEnded = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(hasEnded).as(printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  /** What an application has that depends on the starter alone. */
  static String classPath() throws IOException {
    return Files.readString(Path.of("target", "starter-alone.classpath")).strip();
  }

  private static Path testClasses() {
    return Path.of("target", "test-classes").toAbsolutePath();
  }
}
