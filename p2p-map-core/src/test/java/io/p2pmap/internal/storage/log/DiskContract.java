package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What every disk does. */
abstract class DiskContract {

  /** An empty disk. */
  abstract Disk disk() throws IOException;

  @Test
  void readsGiveWhatWasWrittenAnywhere() throws IOException {
    try (Disk disk = disk();
        DiskFile file = disk.create("a")) {
      write(file, "hello", 0);
      write(file, "world", 5);
      write(file, "W", 5);
      write(file, "far", 1_000);
      assertThat(read(file, 0, 10)).isEqualTo("helloWorld");
      assertThat(read(file, 1_000, 3)).isEqualTo("far");
      assertThat(read(file, 10, 2)).isEqualTo("\0\0");
      assertThat(file.size()).isEqualTo(1_003);
      file.force();
      assertThat(read(file, 0, 10)).isEqualTo("helloWorld");
    }
  }

  @Test
  void readsEndWithTheFile() throws IOException {
    try (Disk disk = disk();
        DiskFile file = disk.create("a")) {
      write(file, "abc", 0);
      assertThat(read(file, 1, 10)).isEqualTo("bc");
      assertThat(read(file, 3, 10)).isEmpty();
      assertThat(read(file, 30, 10)).isEmpty();
    }
  }

  @Test
  void truncatingCutsAndNeverExtends() throws IOException {
    try (Disk disk = disk();
        DiskFile file = disk.create("a")) {
      write(file, "abcdef", 0);
      file.truncate(3);
      file.truncate(5);
      assertThat(file.size()).isEqualTo(3);
      write(file, "x", 4);
      assertThat(read(file, 0, 10)).isEqualTo("abc\0x");
    }
  }

  @Test
  void renamingReplaces() throws IOException {
    try (Disk disk = disk()) {
      create(disk, "a", "new");
      create(disk, "b", "old");
      disk.rename("a", "b");
      disk.forceDirectory();
      assertThat(disk.list()).containsExactly("b");
      try (DiskFile file = disk.open("b")) {
        assertThat(read(file, 0, 10)).isEqualTo("new");
      }
    }
  }

  @Test
  void anOpenFileOutlivesItsName() throws IOException {
    try (Disk disk = disk();
        DiskFile file = disk.create("a")) {
      disk.delete("a");
      disk.delete("a");
      write(file, "abc", 0);
      assertThat(read(file, 0, 3)).isEqualTo("abc");
      assertThat(disk.list()).isEmpty();
    }
  }

  @Test
  void creatingEmptiesWhatIsThere() throws IOException {
    try (Disk disk = disk()) {
      create(disk, "a", "abc");
      try (DiskFile file = disk.create("a")) {
        assertThat(file.size()).isZero();
      }
    }
  }

  @Test
  void whatIsNotThereCannotBeOpenedOrRenamed() throws IOException {
    try (Disk disk = disk()) {
      assertThatThrownBy(() -> disk.open("a")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> disk.rename("a", "b")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void namesAreListedInOrder() throws IOException {
    try (Disk disk = disk()) {
      create(disk, "c", "");
      create(disk, "a", "");
      create(disk, "b", "");
      assertThat(disk.list()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void aClosedFileCannotBeUsed() throws IOException {
    try (Disk disk = disk()) {
      DiskFile file = disk.create("a");
      file.close();
      assertThatThrownBy(() -> write(file, "abc", 0)).isInstanceOf(IOException.class);
      assertThatThrownBy(file::force).isInstanceOf(IOException.class);
    }
  }

  private static void create(Disk disk, String name, String text) throws IOException {
    try (DiskFile file = disk.create(name)) {
      write(file, text, 0);
    }
  }

  private static void write(DiskFile file, String text, long position) throws IOException {
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
  }

  private static String read(DiskFile file, long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    file.read(bytes, position);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }
}
