package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreloadTest {

  @Test
  void preloadingLeavesNoThreadBehindAndMayBeRepeated() {
    List<String> before = threads();
    ReplicatedMaps.preload();
    ReplicatedMaps.preload();
    await().untilAsserted(() -> assertThat(before).containsAll(threads()));
  }

  /** Those of this library, which JGroups' are, too. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("p2pmap-"))
        .toList();
  }
}
