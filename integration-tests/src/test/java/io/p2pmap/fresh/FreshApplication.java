package io.p2pmap.fresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Maven project of a new user, in a folder outside this reactor: built and tested by a Maven of
 * its own, with the settings of this build.
 */
final class FreshApplication {

  private static final Path SOURCES = Path.of("target", "fresh-application");
  private static final Path LOG = Path.of("target", "fresh-application.log");

  private final Path directory;

  private FreshApplication(Path directory) {
    this.directory = directory;
  }

  /** Builds it; takes as long as {@code mvn package}. */
  static FreshApplication build(Path directory) throws IOException, InterruptedException {
    Path repository =
        LocalRepository.create(
            directory.resolve("repository"),
            Path.of(System.getProperty("fresh.local-repository")),
            System.getProperty("fresh.version"));
    FreshApplication application = new FreshApplication(directory.resolve("flags"));
    copy(SOURCES, application.directory);
    application.run(mavenPackage(repository));
    return application;
  }

  /** The application, to be run by {@code java -jar}. */
  Path jar() {
    return directory.resolve(Path.of("target", "flags.jar"));
  }

  /** What its own tests have reported. */
  Path report(String test) {
    return directory.resolve(Path.of("target", "surefire-reports", "TEST-" + test + ".xml"));
  }

  private static List<String> mavenPackage(Path repository) {
    boolean isWindows = System.getProperty("os.name").startsWith("Windows");
    Path bin = Path.of(System.getProperty("fresh.maven-home"), "bin");
    List<String> command = new ArrayList<>();
    command.add(bin.resolve(isWindows ? "mvn.cmd" : "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + repository, "package"));
    Path settings = Path.of(System.getProperty("fresh.user-settings").replaceFirst("^file ", ""));
    if (Files.exists(settings)) {
      command.addAll(List.of("--settings", settings.toString()));
    }
    if (System.getProperty("fresh.offline").endsWith("true")) {
      command.add("--offline");
    }
    return command;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
    try {
      boolean hasEnded = process.waitFor(4, TimeUnit.MINUTES);
      String printed = Files.readString(LOG);
      assertThat(hasEnded).as(printed).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
