package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import io.p2pmap.internal.transport.memory.NamedNetworks;
import io.p2pmap.internal.wire.Fuzzing;
import io.p2pmap.internal.wire.Mutation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A member that is let in and then answers with mutations of what it hears: whatever its frames
 * turn out to be, malformed or a message that makes no sense, the others go on.
 */
class HostileMemberTest {

  private static final int FRAMES = 50_000;
  private static final int FRAMES_AT_A_TIME = 500;

  private final String clusterName = "hostile-" + UUID.randomUUID();
  private final ReplicatedMaps a = node("a");
  private final ReplicatedMaps b = node("b");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private ReplicatedMaps node(String name) {
    return ReplicatedMaps.builder()
        .nodeName(name)
        .syncInterval(Duration.ofMillis(100))
        .clusterName(clusterName)
        .inMemory(true)
        .build();
  }

  @BeforeEach
  void start() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Node.class)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(Node.class)).detachAppender(log);
    a.close();
    b.close();
  }

  /** Keeps what it hears. */
  private static final class Listener implements TransportHandler {
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onView(View view) {}

    @Override
    public void onFrame(UUID sender, byte[] frame) {
      if (heard.size() < 1_000) {
        heard.add(frame);
      }
    }
  }

  @Test
  void mutationsOfWhatItHearsStopNobody() throws InterruptedException {
    long startNanos = System.nanoTime();
    MapSpec<String, String> lasting = MapSpec.of("lasting", String.class, String.class);
    MapSpec<String, String> presence =
        MapSpec.of("presence", String.class, String.class).pruneOnPeerDown(true);
    List<MapSpec<String, String>> specs = List.of(lasting, presence);
    specs.forEach(spec -> List.of(a, b).forEach(node -> node.open(spec)));
    a.start();
    b.start();
    Listener listener = new Listener();
    try (Transport hostile =
        NamedNetworks.named(clusterName).transport(UUID.randomUUID(), "hostile", 1, 1)) {
      hostile.start(listener);
      Random random = new Random(Fuzzing.seed());
      for (int sent = 0; sent < Fuzzing.cases(FRAMES); sent += FRAMES_AT_A_TIME) {
        specs.forEach(spec -> a.open(spec).put("key", "value " + random.nextInt()));
        b.open(lasting).remove("key " + random.nextInt(10));
        await().until(() -> !listener.heard.isEmpty());
        for (int i = 0; i < FRAMES_AT_A_TIME; i++) {
          byte[] frame = listener.heard.get(random.nextInt(listener.heard.size()));
          hostile.multicast(Mutation.mutate(frame, random));
        }
        assertIsServed(specs, "during " + sent);
      }
    }
    assertIsServed(specs, "after");
    assertThat(b.open(lasting).awaitInSync(Duration.ofSeconds(20))).isTrue();
    assertThat(a.open(lasting).status().fingerprint())
        .isEqualTo(b.open(lasting).status().fingerprint());
    assertWarnedSeldom(Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /** What a writes is read on b, and the other way round. */
  private void assertIsServed(List<MapSpec<String, String>> specs, String value) {
    for (MapSpec<String, String> spec : specs) {
      a.open(spec).put("of a", value);
      b.open(spec).put("of b", value);
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> value.equals(b.open(spec).get("of a")));
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> value.equals(a.open(spec).get("of b")));
    }
  }

  /** A warning in ten seconds for each node at most, which tells how many there were. */
  private void assertWarnedSeldom(Duration taken) {
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains("could not be applied"))
        .filteredOn(message -> message.contains("malformed"))
        .hasSizeBetween(2, 2 * (1 + (int) taken.toSeconds() / 10))
        .allMatch(message -> message.contains("more since the last warning"));
  }
}
