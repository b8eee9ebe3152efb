package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.transport.TestNode;
import io.p2pmap.internal.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a node says when it starts, and what it tells its discovery. */
class StartLineTest {

  private final TestPorts ports = TestPorts.unused(2);
  private final Logger logger = (Logger) LoggerFactory.getLogger(JGroupsTransport.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void oneLineSaysWhereHowAndWhom() {
    try (TestNode a = ports.node("a").start();
        TestNode b = ports.node("b").start()) {
      a.awaitOthers(b);

      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly(
              line("a", 0, "the first port that was to be tried", "nobody"),
              line(
                  "b",
                  1,
                  "the first free port from %d on".formatted(ports.first()),
                  "[a at 127.0.0.1:%d]".formatted(ports.first())));
    }
  }

  private String line(String node, int offset, String why, String found) {
    return "Node %s of cluster %s is bound to 127.0.0.1:%d"
            .formatted(node, ports.clusterName(), ports.first() + offset)
        + " (loopback: only this machine can reach it, %s),".formatted(why)
        + " looks for others by ports 127.0.0.1:%d-%d, found %s"
            .formatted(ports.first(), ports.first() + ports.range(), found);
  }

  @Test
  void discoveryIsToldBeforeItIsAskedAndClosedWithTheNode() {
    Recorded discovery = new Recorded(null);
    TestNode node = ports.node("a", discovery).start();
    node.close();

    assertThat(discovery.calls)
        .startsWith("announce %s 127.0.0.1:%d".formatted(ports.clusterName(), ports.first()), "ask")
        .endsWith("close");
  }

  @Test
  void aDiscoveryThatCanNotWorkStopsTheStartAndSaysWhy() {
    Recorded discovery = new Recorded("folder is a file");
    try (TestNode node = ports.node("a", discovery)) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(node::start)
          .withMessage("Node a can't make itself known: folder is a file");
      assertThat(discovery.calls).endsWith("close");
      assertThat(node.handler().views()).isEmpty();
    }
  }

  private static final class Recorded implements Discovery {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final String failure;

    Recorded(String failure) {
      this.failure = failure;
    }

    @Override
    public void announce(String clusterName, InetSocketAddress self) {
      calls.add(
          "announce %s %s:%d"
              .formatted(clusterName, self.getAddress().getHostAddress(), self.getPort()));
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public Collection<InetSocketAddress> candidates() {
      calls.add("ask");
      return List.of();
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
