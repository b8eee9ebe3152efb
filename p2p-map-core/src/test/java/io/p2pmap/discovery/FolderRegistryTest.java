package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRegistryTest extends RegistryContract {

  @TempDir private Path folder;

  @Override
  Registry newRegistry() {
    return new FolderRegistry(folder.resolve("nodes"));
  }

  @Test
  void filesOfAnyOtherContentAreLeftAlone() throws Exception {
    Registry registry = open("shop");
    registry.write("127.0.0.2:7800", 1);
    Path own = files().get(0);
    Path foreign = own.resolveSibling(own.getFileName().toString().replace("127", "128"));
    for (String text : List.of("", "x", "127.0.0.2:7800 1", "128.0.0.2:7800 ", "x".repeat(9_999))) {
      Files.writeString(foreign, text);

      assertThat(registry.read()).containsOnlyKeys("127.0.0.2:7800");
    }
    assertThat(foreign).exists();
  }

  @Test
  void nothingButEntriesStays() throws Exception {
    Registry registry = open("shop");
    for (int beat = 0; beat < 10; beat++) {
      registry.write("127.0.0.2:7800", beat);
    }

    assertThat(files()).hasSize(1);
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("nodes"));

    assertThatIllegalStateException()
        .isThrownBy(() -> open("shop"))
        .withMessageContaining(file.toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("nodes"))) {
      return files.toList();
    }
  }
}
