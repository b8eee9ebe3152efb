package io.p2pmap.internal.transport;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A transport with its identity and everything it reported. */
public record TestNode(UUID id, String name, Transport transport, RecordingHandler handler)
    implements AutoCloseable {

  public static final int MIN_WIRE = 3;
  public static final int MAX_WIRE = 5;

  public TestNode start() {
    transport.start(handler);
    return this;
  }

  public List<UUID> otherIds() {
    return handler.view().others().stream().map(Peer::id).toList();
  }

  /** Waits until this node's view holds exactly {@code others} beside itself. */
  public void awaitOthers(TestNode... others) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> sees(others));
  }

  public boolean sees(TestNode... others) {
    List<UUID> expected = Arrays.stream(others).map(TestNode::id).toList();
    List<UUID> seen = otherIds();
    return seen.size() == expected.size() && seen.containsAll(expected);
  }

  @Override
  public void close() {
    transport.close();
  }
}
