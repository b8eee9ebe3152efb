package io.p2pmap.fresh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A local Maven repository as {@code mvn install} of this reactor leaves it: the artifacts of this
 * build, and links to everything else in the repository of the machine. So nothing is downloaded
 * again, nothing of this build gets into that repository, and nothing is found that somebody has
 * installed there.
 */
final class LocalRepository {

  private static final List<String> JARS =
      List.of(
          "p2p-map-core", "p2p-map-test", "p2p-map-autoconfigure", "p2p-map-spring-boot-starter");

  private final Path directory;
  private final String version;

  private LocalRepository(Path directory, String version) {
    this.directory = directory;
    this.version = version;
  }

  /**
   * Creates it.
   *
   * @param existing the repository of the machine
   * @param version version of the artifacts of this build
   */
  static Path create(Path directory, Path existing, String version) throws IOException {
    linkAllBut("io", existing, directory);
    linkAllBut("p2pmap", existing.resolve("io"), directory.resolve("io"));
    LocalRepository repository = new LocalRepository(directory, version);
    repository.install("p2p-map-parent", Path.of(".."), "pom");
    for (String artifact : JARS) {
      repository.install(artifact, Path.of("..", artifact), "jar");
    }
    return directory;
  }

  private static void linkAllBut(String excluded, Path existing, Path created) throws IOException {
    Files.createDirectories(created);
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(existing, child -> !child.endsWith(excluded))) {
      for (Path child : children) {
        Files.createSymbolicLink(created.resolve(child.getFileName()), child.toRealPath());
      }
    }
  }

  private void install(String artifact, Path module, String packaging) throws IOException {
    Path target = directory.resolve(Path.of("io", "p2pmap", artifact, version));
    String file = artifact + "-" + version;
    Files.createDirectories(target);
    Files.copy(module.resolve("pom.xml"), target.resolve(file + ".pom"));
    if (packaging.equals("jar")) {
      Files.copy(module.resolve(Path.of("target", file + ".jar")), target.resolve(file + ".jar"));
    }
  }
}
