package io.p2pmap.internal.engine;

import io.p2pmap.internal.transport.View;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the transport received and nobody has applied yet, bounded by its bytes. A frame that finds
 * it full is lost, as if the network had lost it; the next digest shows the gap. Views always fit.
 *
 * <p>Threading: any number of threads add, one polls, and says when it is done with each.
 */
final class Inbox {

  private static final long LIMIT_BYTES = 64L * 1024 * 1024;

  /** Something received: a frame, or a new view. */
  sealed interface Item {

    /** A frame from a member. */
    record Frame(UUID sender, byte[] bytes) implements Item {}

    /** The members changed. */
    record Members(View view) implements Item {}

    /** Nothing; wakes the thread that polls. */
    record Wake() implements Item {}
  }

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  // Those that wait, and the one that was polled and is not done.
  private final AtomicInteger open = new AtomicInteger();

  void add(Item.Frame frame) {
    int length = frame.bytes().length;
    if (bytes.addAndGet(length) > LIMIT_BYTES) {
      bytes.addAndGet(-length);
      dropped.incrementAndGet();
    } else {
      append(frame);
    }
  }

  void add(Item.Members members) {
    append(members);
  }

  void wake() {
    if (items.isEmpty()) {
      append(new Item.Wake());
    }
  }

  private void append(Item item) {
    open.incrementAndGet(); // before it can be polled
    items.add(item);
  }

  /** Whether all that was added is done. */
  boolean isIdle() {
    return open.get() == 0;
  }

  /** The item that was polled last is done. */
  void done() {
    open.decrementAndGet();
  }

  @Nullable Item poll(long timeoutNanos) throws InterruptedException {
    Item item = items.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    if (item instanceof Item.Frame frame) {
      bytes.addAndGet(-frame.bytes().length);
    }
    return item;
  }

  /** Length of the frames that wait. */
  long lengthBytes() {
    return bytes.get();
  }

  /** How many frames found it full. */
  long dropped() {
    return dropped.get();
  }
}
