package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.NodeSecurity;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strangers keep a port busy, and the members do not mind. */
class FloodIT {

  private static final int CONNECTIONS = 200;
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  @ParameterizedTest
  @EnumSource(names = {"PLAINTEXT", "SHARED_SECRET"})
  void aNodeJoinsWithinFiveSecondsAmongSilentAndSlowConnections(Security kind) throws IOException {
    NodeSecurity security = kind.create();
    UnaryOperator<ReplicatedMaps.Builder> secured =
        builder -> security == null ? builder : builder.security(security);
    List<RawPeer> strangers = new ArrayList<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (LocalNodes nodes = LocalNodes.start(1, secured)) {
      byte[] greeting = Arrays.copyOf(recordedJoin(nodes, secured), 24);
      await().until(() -> nodes.node(0).members().size() == 1);
      for (int i = 0; i < CONNECTIONS; i++) {
        strangers.add(RawPeer.connect(nodes.firstPort()));
      }
      for (RawPeer informed : strangers.subList(0, 80)) {
        informed.send(greeting); // and nothing more
      }
      for (RawPeer slow : strangers.subList(80, 120)) {
        clock.scheduleAtFixedRate(new Dripping(slow, greeting), 0, 100, TimeUnit.MILLISECONDS);
      }

      long startNanos = System.nanoTime();
      try (ReplicatedMaps joiner = secured.apply(nodes.builder("joiner")).build()) {
        joiner.start();
        await()
            .pollInterval(Duration.ofMillis(10))
            .until(() -> joiner.members().size() == 2 && nodes.node(0).members().size() == 2);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
        assertThat(taken).isLessThan(JOIN_LIMIT);
      }
    } finally {
      clock.shutdownNow();
      for (RawPeer stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void recordedBytesPlaintextAndGarbageGetNowhereAndPutsStayAsFast() throws Exception {
    NodeSecurity security = Security.SHARED_SECRET.create();
    try (LocalNodes nodes = LocalNodes.start(2, builder -> builder.security(security))) {
      List<byte[]> attempts = attempts(nodes, builder -> builder.security(security));
      await().until(() -> nodes.node(0).members().size() == 2); // who was recorded has left
      ReplicatedMap<String, String> map = nodes.map(0);
      medianPutNanos(map); // warms up
      long calmNanos = medianPutNanos(map);

      AtomicBoolean isOver = new AtomicBoolean();
      CompletableFuture<Integer> attack =
          CompletableFuture.supplyAsync(() -> attack(nodes.firstPort(), attempts, isOver));
      long busyNanos = medianPutNanos(map);
      for (int i = 0; i < 5 && busyNanos > 2 * calmNanos; i++) { // the machine is shared
        busyNanos = medianPutNanos(map);
      }
      isOver.set(true);

      assertThat(attack.get(30, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(attempts.size());
      assertThat(busyNanos).isLessThanOrEqualTo(2 * calmNanos);
      assertThat(nodes.node(0).members()).hasSize(2);
      assertThat(map.asMap().keySet()).allMatch(key -> key.startsWith("put-"));
      await().until(() -> nodes.map(1).size() == map.size());
    }
  }

  /** What a real node sent when it joined, plaintext of others and of JGroups, and nonsense. */
  private static List<byte[]> attempts(
      LocalNodes nodes, UnaryOperator<ReplicatedMaps.Builder> secured) throws IOException {
    byte[] recorded = recordedJoin(nodes, secured);
    byte[] garbage = new byte[1_000];
    new Random(1).nextBytes(garbage);
    return List.of(
        recorded,
        "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        new byte[] {'b', 'e', 'l', 'a', 0x2d, 0x47, 0, 7, 4, 127, 0, 0, 1, 0x1e, 0x78},
        garbage);
  }

  private static byte[] recordedJoin(
      LocalNodes nodes, UnaryOperator<ReplicatedMaps.Builder> secured) throws IOException {
    try (RecordingProxy proxy = new RecordingProxy(nodes::firstPort);
        ReplicatedMaps joiner =
            secured
                .apply(nodes.builder("recorded").discovery(() -> List.of(proxy.address())))
                .build()) {
      joiner.start();
      await().until(() -> joiner.members().size() > 1);
      return proxy.requests().get(0);
    }
  }

  /** Tries everything over and over; how many connections were sent away. */
  private static int attack(int port, List<byte[]> attempts, AtomicBoolean isOver) {
    int count = 0;
    try {
      while (!isOver.get() || count < attempts.size()) {
        byte[] attempt = attempts.get(count++ % attempts.size());
        try (RawPeer stranger = RawPeer.connect(port).send(attempt)) {
          byte[] answer = stranger.answer(Duration.ofSeconds(10));
          assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("put-");
        }
      }
      return count;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long medianPutNanos(ReplicatedMap<String, String> map) {
    long[] nanos = new long[20_000];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      map.put("put-" + i % 100, "value-" + i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  /** Sends a greeting, a byte at a time, and never the last. */
  private static final class Dripping implements Runnable {

    private final RawPeer peer;
    private final byte[] bytes;
    private int next;

    Dripping(RawPeer peer, byte[] bytes) {
      this.peer = peer;
      this.bytes = bytes;
    }

    @Override
    public void run() {
      if (next < bytes.length - 1) {
        try {
          peer.send(new byte[] {bytes[next++]});
        } catch (IOException e) {
          next = bytes.length;
        }
      }
    }
  }
}
