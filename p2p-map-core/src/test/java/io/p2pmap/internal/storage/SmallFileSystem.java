package io.p2pmap.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, which can be filled up. Mounting it needs root. */
public final class SmallFileSystem implements AutoCloseable {

  private final Path directory;
  private final Path ballast;

  private SmallFileSystem(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /** Mounts one in a directory; skips the test if that is not possible. */
  public static SmallFileSystem mount(Path directory, int megabytes) throws Exception {
    Files.createDirectories(directory);
    int exit =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
    assumeThat(exit).as("mounting a tmpfs, which needs root").isZero();
    return new SmallFileSystem(directory);
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Where it is mounted. */
  public Path directory() {
    return directory;
  }

  /** Leaves no room. */
  public void fill() {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** Gives back what {@link #fill} took. */
  public void makeRoom() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws InterruptedException {
    run("umount", "--lazy", directory.toString());
  }
}
