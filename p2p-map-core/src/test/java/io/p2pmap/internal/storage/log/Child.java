package io.p2pmap.internal.storage.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM of its own that runs a class of this test source; it is killed with this one. */
final class Child implements AutoCloseable {

  private final Process process;

  private Child(Process process) {
    this.process = process;
    Runtime.getRuntime()
        .addShutdownHook(new Thread(process::destroyForcibly, "p2pmap-test-child-end"));
  }

  static Child launch(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-Xshare:auto", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  BufferedReader output() {
    return process.inputReader();
  }

  String outputUntilExit() throws Exception {
    String output = output().lines().collect(Collectors.joining("\n"));
    process.waitFor();
    return output;
  }

  /** Ends it without warning; what it has said can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
