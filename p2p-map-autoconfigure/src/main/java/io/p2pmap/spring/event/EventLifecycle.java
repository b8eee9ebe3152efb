package io.p2pmap.spring.event;

import io.p2pmap.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Subscribes listeners when all of them are registered and before the node joins the cluster, with
 * what maps hold by then, from disk or from code that ran earlier; so nothing is missed. It ends
 * after the node has left and before any bean is destroyed.
 *
 * <p>Threading: the thread that starts and stops the context.
 */
final class EventLifecycle implements SmartLifecycle {

  /** Directly before the start of the node and after its end. */
  static final int PHASE = DEFAULT_PHASE - 4097;

  private final MapEventPublisher mapEvents;
  private final NodeEventPublisher nodeEvents;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile boolean running;

  EventLifecycle(MapEventPublisher mapEvents, NodeEventPublisher nodeEvents) {
    this.mapEvents = mapEvents;
    this.nodeEvents = nodeEvents;
  }

  @Override
  public void start() {
    subscriptions.addAll(mapEvents.subscribeAll());
    subscriptions.addAll(nodeEvents.subscribe());
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** False, as the node itself, which goes on in a paused context. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
