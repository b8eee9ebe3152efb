package io.p2pmap.internal.transport.memory;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a {@link MemoryNetwork}. A thread of its own empties its inbox, so that a sender
 * never runs the receiver's code.
 *
 * <p>Threading: any. The inbox is unbounded: handlers return at once.
 */
final class MemoryTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryTransport.class);

  /** A handler that blocks, against its contract, must not block the node's end as well. */
  private static final long MAX_STOP_MILLIS = 1_000;

  private enum State {
    NEW,
    STARTED,
    CLOSED
  }

  private final MemoryNetwork network;
  private final Peer self;
  private final BlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private volatile @Nullable Thread courier;

  MemoryTransport(MemoryNetwork network, Peer self) {
    this.network = network;
    this.self = self;
  }

  Peer self() {
    return self;
  }

  String name() {
    return self.nodeName();
  }

  @Override
  public void start(TransportHandler handler) {
    if (!state.compareAndSet(State.NEW, State.STARTED)) {
      throw new IllegalStateException(
          "Transport of node %s was started or closed before".formatted(name()));
    }
    View first = network.add(this);
    handler.onView(first);
    Thread thread = new Thread(() -> deliver(handler, first), "p2pmap-memory-" + self.nodeName());
    thread.setDaemon(true);
    courier = thread;
    thread.start();
    if (state.get() == State.CLOSED) { // while it was started
      network.remove(self.id());
    }
  }

  @Override
  public void multicast(byte[] frame) {
    Transport.requireAllowedLength(frame);
    network.multicast(self.id(), frame);
  }

  @Override
  public void unicast(UUID member, byte[] frame) {
    Transport.requireAllowedLength(frame);
    network.unicast(self.id(), member, frame);
  }

  @Override
  public void close() {
    network.remove(self.id());
    stop();
  }

  void enqueue(Delivery delivery) {
    inbox.add(delivery);
  }

  /** Ends the node's thread, and waits for that unless it is the caller. */
  void stop() {
    state.set(State.CLOSED);
    Thread thread = courier;
    if (thread == null || thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(MAX_STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(TransportHandler handler, View first) {
    View view = first;
    while (state.get() == State.STARTED) {
      try {
        view = hand(inbox.take(), handler, view);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("The handler of node {} failed", self.nodeName(), e);
      }
    }
  }

  /**
   * Hands over one delivery and returns the view after it. Frames need no check: a sender's frames
   * were put into the inbox between the view that brought it and the one that took it away.
   */
  private static View hand(Delivery delivery, TransportHandler handler, View view) {
    if (delivery instanceof Delivery.Frame frame) {
      handler.onFrame(frame.sender(), frame.bytes());
      return view;
    }
    View next = ((Delivery.NewView) delivery).view();
    if (!next.equals(view)) {
      handler.onView(next);
    }
    return next;
  }
}
