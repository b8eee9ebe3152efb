package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Change;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener of a map's changes, on a thread of its own, so that it delays nobody else.
 *
 * <p>Threading: any thread; the listener is called by one thread, which ends on close.
 */
public final class ChangeFeed<K> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final AtomicLong NUMBER = new AtomicLong();

  private final String mapName;
  private final ReplicaDriver<K> driver;
  private final Consumer<Change<K>> listener;
  private final ChangeQueue<K> queue = new ChangeQueue<>(ChangeQueue.LIMIT);
  private final LongAdder failures;
  private final Thread thread;

  private ChangeFeed(
      String mapName, ReplicaDriver<K> driver, Consumer<Change<K>> listener, LongAdder failures) {
    this.mapName = mapName;
    this.driver = driver;
    this.listener = listener;
    this.failures = failures;
    String name = "p2pmap-events-%s-%d".formatted(mapName, NUMBER.incrementAndGet());
    this.thread = Threads.daemon(name, this::deliverAll);
  }

  /**
   * Starts a feed.
   *
   * @param withCurrent whether it begins with the entries that are visible at this instant
   * @param failures counts the changes at which the listener fails
   */
  public static <K> ChangeFeed<K> start(
      String mapName,
      ReplicaDriver<K> driver,
      boolean withCurrent,
      Consumer<Change<K>> listener,
      LongAdder failures) {
    ChangeFeed<K> feed = new ChangeFeed<>(mapName, driver, listener, failures);
    driver.listen(feed.queue, withCurrent ? feed.queue::addCurrent : entries -> {});
    feed.thread.start();
    return feed;
  }

  private void deliverAll() {
    try {
      for (Change<K> next = queue.take(); next != null; next = queue.take()) {
        deliver(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Change<K> change) {
    try {
      listener.accept(change);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      failures.increment();
      LOG.warn("A listener of map '{}' failed at key '{}'; it goes on", mapName, change.key(), e);
    }
  }

  /** Number of changes that the listener has not been told of. */
  public int queued() {
    return queue.size();
  }

  /** Ends the feed; what is queued is dropped. */
  @Override
  public void close() {
    driver.unlisten(queue);
    queue.close();
  }
}
