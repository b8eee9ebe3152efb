package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.systems.MapSystem;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Child} as its parent sees it. Threading: one thread. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;
  private final Answer ready;

  /** Where a child runs: its own network namespace shows its own traffic only. */
  enum Network {
    SHARED,
    OWN
  }

  ChildProcess(MapSystem system, int firstPort, int members, List<Integer> here, Network network)
      throws IOException {
    this(system, firstPort, members, here, network, "1g");
  }

  ChildProcess(
      MapSystem system,
      int firstPort,
      int members,
      List<Integer> here,
      Network network,
      String heap)
      throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(jvmOptions(heap));
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    java.addAll(List.of(system.name(), "benchmark-" + firstPort));
    java.addAll(List.of(Integer.toString(firstPort), Integer.toString(members)));
    here.forEach(index -> java.add(index.toString()));
    process =
        new ProcessBuilder(network == Network.OWN ? isolated(java) : java)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader();
    commands = process.outputWriter();
    ready = answer();
  }

  static List<String> jvmOptions(String heap) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC", "-Djava.net.preferIPv4Stack=true"));
    String extra = System.getProperty("benchmarks.jvm");
    if (extra != null) {
      options.addAll(List.of(extra.split(" ")));
    }
    return options;
  }

  private static List<String> isolated(List<String> java) {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.addAll(java);
    return command;
  }

  /** What it measured about its start. */
  Answer ready() {
    return ready;
  }

  Answer ask(String command) {
    tell(command);
    return answer();
  }

  /** Makes it begin; {@link #answer} waits for the end. */
  void tell(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new IllegalStateException("A child ended before '%s'".formatted(command), e);
    }
  }

  Answer answer() {
    try {
      String line = answers.readLine();
      while (line != null && !Answer.isAnswer(line)) {
        line = answers.readLine();
      }
      if (line != null) {
        return Answer.parse(line);
      }
    } catch (IOException e) {
      throw new IllegalStateException("A child ended", e);
    }
    throw new IllegalStateException("A child ended; see its error above");
  }

  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException e) {
      process.destroy();
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
