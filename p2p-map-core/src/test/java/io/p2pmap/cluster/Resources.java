package io.p2pmap.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds of its system.
 *
 * @param threads names of all threads
 * @param files what the file descriptors of the process point to; empty where the system does not
 *     say
 */
record Resources(Set<String> threads, Set<String> files) {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static Resources now() {
    return new Resources(threadNames(), descriptors());
  }

  private static Set<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName() + "#" + thread.getId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> descriptors() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.map(Resources::target).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** Threads of the library, and files and sockets, that were not there {@code before}. */
  Set<String> leftSince(Resources before) {
    Set<String> left = new TreeSet<>(threads);
    left.removeIf(name -> !name.startsWith("p2pmap-"));
    left.addAll(files);
    left.removeAll(before.threads);
    left.removeAll(before.files);
    left.remove("closed meanwhile");
    left.removeIf(file -> file.startsWith("/proc/")); // this very listing
    return left;
  }
}
