package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDiskTest extends DiskContract {

  @TempDir Path root;

  @Override
  Disk disk() throws IOException {
    return DirectoryDisk.open(Files.createDirectories(root.resolve("map")));
  }

  @Test
  void destroyingRemovesTheDirectory() throws IOException {
    try (Disk disk = disk()) {
      disk.create("a").close();
      disk.destroy();
    }
    assertThat(root).isEmptyDirectory();
  }
}
