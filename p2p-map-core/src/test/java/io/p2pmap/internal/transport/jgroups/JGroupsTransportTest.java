package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.TestNode;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportContract;
import io.p2pmap.internal.transport.TransportException;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The contract, and what only this transport can do wrong when it starts and ends. */
class JGroupsTransportTest extends TransportContract {

  private static final int FRAMES = 50_000;

  private final TestPorts ports = TestPorts.unused(5);

  @Override
  protected Transport newTransport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion) {
    return new JGroupsTransport(
        new JGroupsSettings(
            ports.clusterName(),
            nodeName,
            incarnation,
            InetAddress.getLoopbackAddress(),
            ports.first(),
            ports.range(),
            null,
            minWireVersion,
            maxWireVersion));
  }

  @Test
  void aLoneNodeDoesNotWaitForAnswers() {
    long fastestMillis = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      try (TestNode node = newNode("a")) {
        long startNanos = System.nanoTime();
        node.start();
        fastestMillis = Math.min(fastestMillis, (System.nanoTime() - startNanos) / 1_000_000);
      }
    }

    assertThat(fastestMillis).isLessThan(CandidateDiscovery.MAX_WAIT_MILLIS / 2);
  }

  @Test
  void anExhaustedPortRangeSaysWhatToDoAndLeavesNothingRunning() throws IOException {
    Set<Thread> before = liveThreads();
    TestPorts two = new TestPorts(ports.clusterName(), ports.first(), 1);
    try (ServerSocket first = FreePorts.take(two.first());
        ServerSocket second = FreePorts.take(two.first() + 1);
        TestNode late = two.node("late")) {
      assertThat(first.isBound() && second.isBound()).isTrue();

      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(late::start)
          .withMessageContainingAll(
              "late", "127.0.0.1", "ports %d to %d".formatted(two.first(), two.first() + 1))
          .satisfies(e -> assertThat(e.action()).contains("port range"));
      await().untilAsserted(() -> assertThat(liveThreads()).isSubsetOf(before));
      assertThatNoException().isThrownBy(() -> late.transport().multicast(new byte[1]));
      assertThat(late.handler().views()).isEmpty();
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() throws UnknownHostException {
    InetAddress notHere = InetAddress.getByName("192.0.2.1"); // reserved for documentation
    JGroupsSettings settings =
        new JGroupsSettings(
            ports.clusterName(), "a", UUID.randomUUID(), notHere, ports.first(), 5, null, 1, 1);
    try (Transport transport = new JGroupsTransport(settings)) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(() -> transport.start(new RecordingHandler()))
          .withMessageContaining("192.0.2.1");
    }
  }

  @Test
  void theAddressCanBeBoundAgainAfterClose() {
    TestNode first = newNode("a").start();
    first.close();

    TestNode second = newNode("a").start();

    assertThat(second.handler().view().self().address())
        .isEqualTo(first.handler().view().self().address());
  }

  @Test
  void closeFreesASenderThatWaitsForASlowReceiver() throws InterruptedException {
    CountDownLatch isReleased = new CountDownLatch(1);
    TestNode fast = newNode("fast").start();
    try (Transport slow = new JGroupsTransport(ports.settings("slow"))) {
      slow.start(new BlockingHandler(isReleased));
      await().until(() -> fast.handler().view().others().size() == 1);
      AtomicInteger sent = new AtomicInteger();
      Thread sender = new Thread(() -> multicastAll(fast.transport(), sent));
      sender.start();
      awaitStandstill(sent);
      assertThat(sent).hasValueLessThan(FRAMES);

      fast.close();

      sender.join(5_000);
      assertThat(sender.isAlive()).isFalse();
      isReleased.countDown();
    }
  }

  @Test
  void openingAndClosingLogsNoErrorAndNoWarningOfOurs() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      for (int round = 0; round < 20; round++) {
        List<TestNode> cluster = startCluster("a", "b", "c");
        cluster.get(round % 3).close();
        CompletableFuture.allOf(
                cluster.stream()
                    .map(node -> CompletableFuture.runAsync(node::close))
                    .toArray(CompletableFuture[]::new))
            .join();
      }
    } finally {
      root.detachAppender(log);
    }

    assertThat(log.list)
        .filteredOn(
            event ->
                event.getLevel() == Level.ERROR
                    || event.getLevel() == Level.WARN
                        && event.getLoggerName().startsWith("io.p2pmap"))
        .isEmpty();
  }

  private static void multicastAll(Transport transport, AtomicInteger sent) {
    while (sent.get() < FRAMES) {
      transport.multicast(new byte[1_000]);
      sent.incrementAndGet();
    }
  }

  private static void awaitStandstill(AtomicInteger counter) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(() -> counter.get() == last.getAndSet(counter.get()));
  }

  /** Breaks its contract: blocks on the first frame. */
  private record BlockingHandler(CountDownLatch isReleased) implements TransportHandler {

    @Override
    public void onView(View view) {}

    @Override
    public void onFrame(UUID sender, byte[] frame) {
      try {
        isReleased.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
