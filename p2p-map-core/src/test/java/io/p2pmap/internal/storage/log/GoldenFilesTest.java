package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files of format version 1 as they were first written; they never change. */
class GoldenFilesTest {

  private static final String FOLDER = "/golden/storage-v1/";
  private static final List<String> NAMES =
      List.of(
          FileNames.MARKER,
          FileNames.log(4),
          FileNames.log(5),
          FileNames.snapshot(3),
          FileNames.WATERMARK);

  @Test
  void filesOfThisVersionAreRead() throws Exception {
    assertThat(GoldenStore.read(golden())).isEqualTo(GoldenStore.RECORDS);
  }

  @Test
  void theSameRecordsGiveTheSameFiles() throws Exception {
    Map<String, byte[]> written = GoldenStore.write();
    assertThat(written.keySet()).containsExactlyElementsOf(NAMES);
    Map<String, byte[]> golden = golden();
    for (String name : NAMES) {
      assertThat(written.get(name)).as(name).isEqualTo(golden.get(name));
    }
  }

  private static Map<String, byte[]> golden() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      try (InputStream in = GoldenFilesTest.class.getResourceAsStream(FOLDER + name + ".hex")) {
        String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        files.put(name, HexFormat.of().parseHex(text.replaceAll("\\s", "")));
      }
    }
    return files;
  }
}
