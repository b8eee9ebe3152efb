package io.p2pmap.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.TestContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** Processes an application ahead of time, compiles what that generates, and runs it on the JVM. */
class AheadOfTimeIT {

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path directory;

  @Test
  void mapsAndListenersAreThere() throws Exception {
    Path sources = directory.resolve("sources");
    Path classes = directory.resolve("classes");
    run(
        CLASS_PATH,
        SpringApplicationAotProcessor.class.getName(),
        AotApplication.class.getName(),
        sources.toString(),
        directory.resolve("resources").toString(),
        classes.toString(),
        "io.p2pmap",
        "aot");
    compile(sources, classes);

    List<String> arguments = new ArrayList<>();
    arguments.add("-Dspring.aot.enabled=true");
    arguments.add(AotApplication.class.getName());
    arguments.add("--p2pmap.maps.late.value-type=java.lang.String");
    Stream.of(TestContexts.nodeProperties()).map("--"::concat).forEach(arguments::add);
    String output =
        run(
            classes + System.getProperty("path.separator") + CLASS_PATH,
            arguments.toArray(String[]::new));
    assertThat(output.lines().filter(line -> line.startsWith("> ")))
        .containsExactlyInAnyOrder(
            "> ahead of time: true",
            "> beans: flags,late",
            "> plain low",
            "> plain high",
            "> named high",
            "> members 1",
            "> synchronized flags");
  }

  private static void compile(Path sources, Path classes) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-cp",
                classes + System.getProperty("path.separator") + CLASS_PATH,
                "-d",
                classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
  }

  private String run(String classPath, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(directory, "run", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      String output = Files.readString(log);
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
