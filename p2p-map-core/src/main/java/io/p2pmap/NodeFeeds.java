package io.p2pmap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The listeners of a node; without any there is nothing to do. Threading: any thread. */
final class NodeFeeds implements AutoCloseable {

  private final List<NodeFeed> feeds = new CopyOnWriteArrayList<>();

  Subscription add(NodeListener listener, Supplier<NodeLook> look) {
    NodeFeed feed = new NodeFeed(listener, look);
    feeds.add(feed);
    feed.start();
    return () -> {
      feeds.remove(feed);
      feed.close();
    };
  }

  /** Queues an event for every listener. */
  void tell(NodeEvent.OfMap event) {
    feeds.forEach(feed -> feed.tell(event));
  }

  @Override
  public void close() {
    feeds.forEach(NodeFeed::close);
    feeds.clear();
  }
}
