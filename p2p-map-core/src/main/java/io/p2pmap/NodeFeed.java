package io.p2pmap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.engine.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener of a node's events, on a thread of its own. It looks at the node several times
 * a second, so that nothing in the engine costs more for being observed; what a look could miss is
 * told to it. A listener that is slow sees fewer steps, and always the last.
 *
 * <p>Threading: any thread; the listener is called by one thread, which ends on close.
 */
final class NodeFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeFeed.class);
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final NodeListener listener;
  private final Supplier<NodeLook> look;
  private final NodeChanges changes;
  private final Object lock = new Object();

  /** The last event that was told of each map. */
  @GuardedBy("lock")
  private final Map<String, NodeEvent> told = new LinkedHashMap<>();

  private final Watch watch;

  NodeFeed(NodeListener listener, Supplier<NodeLook> look) {
    this.listener = listener;
    this.look = look;
    this.changes = new NodeChanges(look.get());
    String name = "p2pmap-node-events-" + NUMBER.incrementAndGet();
    this.watch = new Watch(name, PAUSE, this::deliverAll);
  }

  void start() {
    watch.start();
  }

  /** Queues an event; takes the place of an earlier one of that map which is still queued. */
  void tell(NodeEvent.OfMap event) {
    synchronized (lock) {
      told.remove(event.mapName());
      told.put(event.mapName(), event);
    }
    watch.wake();
  }

  private void deliverAll() {
    takeTold().forEach(this::deliver);
    changes.update(look.get()).forEach(this::deliver);
  }

  private List<NodeEvent> takeTold() {
    synchronized (lock) {
      List<NodeEvent> events = new ArrayList<>(told.values());
      told.clear();
      return events;
    }
  }

  private void deliver(NodeEvent event) {
    if (watch.isClosed()) {
      return;
    }
    try {
      listener.onEvent(event);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("A listener of the node failed at {}; it goes on", event, e);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
