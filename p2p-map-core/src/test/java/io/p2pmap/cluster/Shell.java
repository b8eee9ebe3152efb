package io.p2pmap.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs commands of the operating system. */
final class Shell {

  private Shell() {}

  /**
   * Runs a command to its end.
   *
   * @throws IllegalStateException with what it said, if it fails
   */
  static void run(String... command) {
    Process process = launch(command);
    String errors = awaitErrors(process);
    if (process.exitValue() != 0) {
      throw new IllegalStateException("%s: %s".formatted(List.of(command), errors));
    }
  }

  /** Runs a command to its end; returns whether it succeeded. */
  static boolean tryRun(String... command) {
    Process process = launch(command);
    awaitErrors(process);
    return process.exitValue() == 0;
  }

  /** Runs a command to its end; returns what it printed. */
  static String output(String... command) {
    try {
      return new String(launch(command).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Process launch(String... command) {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String awaitErrors(Process process) {
    try {
      process.getOutputStream().close();
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return errors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
