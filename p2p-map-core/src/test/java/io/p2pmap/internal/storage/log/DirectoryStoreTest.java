package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in directories of the file system. */
class DirectoryStoreTest extends MapStoreContract {

  @TempDir Path root;

  @Override
  MapStores stores() {
    return LogMapStores.of(root, "Node 1", StorageSettings.defaults(), TUNING);
  }

  private Path directory() {
    return root.resolve("%4eode%201/flags");
  }

  @Override
  Map<String, String> files() throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory())) {
      for (Path path : paths.toList()) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        String state = attributes.size() + " bytes at " + attributes.lastModifiedTime();
        files.put(path.getFileName().toString(), state);
      }
    }
    return files;
  }

  @Test
  void aDirectoryIsOpenedOnceInAProcess() {
    try (StoredMap map = StoredMap.open(stores())) {
      map.put(1, 1);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> StoredMap.open(stores()))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(directory().toString())
            .hasMessageContaining("already open in this process");
      }
      map.put(2, 2);
    }
    StoredMap.open(stores()).close();
  }

  @Test
  void aDirectoryIsOpenedByOneProcess() throws Exception {
    try (StoredMap map = StoredMap.open(stores())) {
      assertThatThrownBy(() -> StoredMap.open(stores())).isInstanceOf(StorageException.class);
      Child child = Child.launch(OpeningProcess.class, root.toString());
      assertThat(child.outputUntilExit()).contains("is open in another process");
      map.put(1, 1);
    }
    Child child = Child.launch(OpeningProcess.class, root.toString());
    assertThat(child.outputUntilExit()).contains("opened with 1 entries");
  }

  /** Opens the store and ends. */
  static final class OpeningProcess {

    private OpeningProcess() {}

    public static void main(String[] arguments) {
      Path root = Path.of(arguments[0]);
      try (StoredMap map =
          StoredMap.open(LogMapStores.of(root, "Node 1", StorageSettings.defaults()))) {
        System.out.println("opened with " + map.entries().size() + " entries");
      } catch (StorageException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void anEmptiedDirectoryIsReported() throws Exception {
    try (StoredMap map = StoredMap.open(stores())) {
      map.put(1, 1);
    }
    deleteFiles(directory());
    MapStores strict =
        LogMapStores.of(
            root, "Node 1", StorageSettings.defaults().onCorruption(OnCorruption.FAIL), TUNING);
    assertThatThrownBy(() -> StoredMap.open(strict))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("every log and snapshot is missing");
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.store().status().recovery().isDamaged()).isTrue();
      map.put(2, 2);
    }
    try (StoredMap map = StoredMap.open(strict)) {
      assertThat(map.entries()).hasSize(1);
    }
  }

  private static void deleteFiles(Path directory) throws Exception {
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void aRemovedDirectoryIsANewMap() throws Exception {
    StoredMap.open(stores()).close();
    Leftovers.deleteTree(directory());
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.store().status().recovery().isDamaged()).isFalse();
    }
  }

  @Test
  void aFileThatCannotBeReadStopsTheStartAndStays() throws Exception {
    try (StoredMap map = StoredMap.open(stores())) {
      map.put(1, 1);
    }
    Path log = directory().resolve(FileNames.log(2));
    Path kept = root.resolve("kept");
    Files.move(log, kept);
    Files.createDirectory(log); // opening it fails, for root, too
    assertThatThrownBy(() -> StoredMap.open(stores()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory().toString());
    Files.delete(log);
    Files.move(kept, log);
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.entries()).hasSize(1);
      assertThat(map.store().status().recovery().isDamaged()).isFalse();
    }
  }

  @Test
  void anyNameHasADirectoryOfItsOwn() {
    List<String> names =
        List.of(
            "flags",
            "Flags",
            "FLAGS",
            "a/b",
            "a%2fb",
            "..",
            ".",
            "con",
            "ä",
            "a\u0308",
            "\uD83D\uDE00",
            " ",
            "",
            "%",
            "x".repeat(300),
            "x".repeat(301),
            "日本".repeat(100));
    for (String name : names) {
      try (StoredMap map = StoredMap.open(stores(), name, 170)) {
        assertThat(map.entries()).as(name).isEmpty();
        map.put(1, 1);
      }
    }
    for (String name : names) {
      try (StoredMap map = StoredMap.open(stores(), name, 170)) {
        assertThat(map.entries()).as(name).hasSize(1);
      }
    }
    assertThat(names.stream().map(NameEscape::fileName).map(String::toLowerCase).distinct())
        .hasSameSizeAs(names)
        .allMatch(name -> name.matches("[a-z0-9_%~-]{1,200}"));
    assertThatThrownBy(() -> NameEscape.fileName("\uD800"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
