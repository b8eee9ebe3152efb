package io.p2pmap.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportFigures;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import io.p2pmap.internal.wire.FrameHeader;
import io.p2pmap.internal.wire.MessageType;
import io.p2pmap.internal.wire.WireVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: all its maps on one transport, one thread that applies what arrives and lets time pass,
 * and one that sends. A small batch that finds nothing to wait for is applied by the transport's
 * thread that brought it, which saves a change of threads.
 *
 * <p>Threading: any thread.
 */
public final class Node implements TransportHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * Batches up to here, some dozens of entries, are applied in less time than a thread takes to
   * wake.
   */
  private static final int QUICK_BYTES = 4096;

  private final Transport transport;
  private final NodeClock clock;
  private final Map<String, HostedMap<?>> maps = new ConcurrentHashMap<>();
  private final Inbox inbox = new Inbox();
  // Whoever applies or lets time pass holds it.
  private final ReentrantLock turn = new ReentrantLock();
  private final Sender sender;
  private final Thread applier;
  private final RateLimitedLog malformed = new RateLimitedLog(LOG);
  private final Departures departures = new Departures();
  private final AtomicLong unknown = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong views = new AtomicLong();
  private final CountDownLatch firstView = new CountDownLatch(1);
  private final CompletableFuture<Void> joined = new CompletableFuture<>();
  private final Consumer<View> onMembers;
  private final Consumer<Throwable> onFailure;
  private final Object membershipLock = new Object();
  private volatile @Nullable View view;
  private volatile boolean isClosed;

  /** The members that every map was told of, or null before the first view. */
  @GuardedBy("membershipLock")
  private @Nullable List<UUID> appliedMembers;

  /**
   * Creates a node that is not started.
   *
   * @param onMembers is told of every view once all maps were, by one thread, which waits for it
   * @param onFailure is told, by any thread, of what a thread of the node did not survive: the node
   *     must be closed, or the others would wait for one that hears and says nothing
   */
  public Node(
      String name,
      Transport transport,
      NodeClock clock,
      Consumer<View> onMembers,
      Consumer<Throwable> onFailure) {
    this.onMembers = onMembers;
    this.onFailure = onFailure;
    this.transport = transport;
    this.clock = clock;
    this.sender = new Sender(name, transport, onFailure);
    this.applier = Threads.daemon("p2pmap-apply-" + name, this::applyAll, onFailure);
  }

  /**
   * Binds and joins; the first view has reached every map when this returns.
   *
   * @throws io.p2pmap.internal.transport.TransportException if it can't bind; then nothing runs
   */
  public void start() {
    applier.start();
    sender.start();
    try {
      transport.start(this);
      firstView.await();
      if (!transport.hasMetOthers()) {
        joined.complete(null);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Completes once a view with others has reached every map; at once if {@link #start} met nobody.
   */
  public CompletableFuture<?> whenJoined() {
    return joined;
  }

  /**
   * Adds a map; its driver gets what wakes this node's threads. The map knows the members when this
   * returns: or else its first writes would count as replicated to nobody and thus to all.
   */
  public <K> HostedMap<K> host(String name, Function<Wakeups, ReplicaDriver<K>> driver) {
    HostedMap<K> map = new HostedMap<>(name, sender, inbox, onFailure, driver);
    synchronized (membershipLock) {
      maps.put(name, map);
      if (appliedMembers != null) {
        map.driver().membersChanged(appliedMembers);
      }
    }
    inbox.wake(); // its ticks count from now on
    return map;
  }

  /** Takes a map off this node; the others are told. */
  public void unhost(HostedMap<?> map) {
    if (maps.remove(map.name(), map) && view != null && !isClosed) {
      map.sayGoodbye();
    }
  }

  /** The current view, or null before the first. */
  public @Nullable View view() {
    return view;
  }

  /** The present readings of the node's clocks. */
  public Now now() {
    return clock.now();
  }

  @Override
  public void onView(View changed) {
    view = changed;
    inbox.add(new Inbox.Item.Members(changed));
  }

  @Override
  public void onFrame(UUID from, byte[] frame) {
    Inbox.Item.Frame item = new Inbox.Item.Frame(from, frame);
    if (!isQuick(frame) || !tryApply(item)) {
      inbox.add(item);
    }
  }

  /** Whether it takes microseconds to apply a frame, and none of the application's classes. */
  private boolean isQuick(byte[] frame) {
    if (frame.length > QUICK_BYTES) {
      return false;
    }
    try {
      HostedMap<?> map =
          FrameHeader.read(frame) instanceof FrameHeader.Known known
                  && known.type() == MessageType.BATCH
              ? maps.get(known.mapName())
              : null;
      return map != null && map.driver().hasPlainKeys();
    } catch (MalformedBytesException e) {
      return false; // whoever applies it counts it
    }
  }

  /** Applies a frame on this thread, unless that could overtake something or had to wait. */
  private boolean tryApply(Inbox.Item.Frame frame) {
    if (!inbox.isIdle() || !turn.tryLock()) {
      return false;
    }
    try {
      if (!isClosed) {
        applySafely(frame);
      }
      return true;
    } catch (Error e) {
      Threads.daemon("p2pmap-failure", () -> onFailure.accept(e)).start();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void applyAll() {
    try {
      while (!isClosed) {
        Inbox.Item item = inbox.poll(pauseNanos());
        turn.lock();
        try {
          if (item != null) {
            applySafely(item);
            inbox.done();
          }
          tickDue();
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long pauseNanos() {
    long nowNanos = clock.now().monotonicNanos();
    long pause = MAX_PAUSE_NANOS;
    for (HostedMap<?> map : maps.values()) {
      pause = Math.min(pause, map.driver().nextTickNanos() - nowNanos);
    }
    return Math.max(0, pause);
  }

  private void tickDue() {
    long nowNanos = clock.now().monotonicNanos();
    for (HostedMap<?> map : maps.values()) {
      if (map.driver().nextTickNanos() - nowNanos <= 0) {
        map.driver().tick();
      }
    }
  }

  private void applySafely(Inbox.Item item) {
    try {
      if (item instanceof Inbox.Item.Frame frame) {
        apply(frame);
      } else if (item instanceof Inbox.Item.Members members) {
        views.incrementAndGet();
        departures.viewChanged(members.view(), clock.now().wallMillis());
        membersChanged(readable(members.view()));
        onMembers.accept(members.view());
        firstView.countDown();
        if (!members.view().others().isEmpty()) {
          joined.complete(null);
        }
      }
    } catch (MalformedBytesException e) {
      malformed.warn("A malformed frame was dropped: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("Something received could not be applied; it is left out", e);
    }
  }

  private void membersChanged(List<UUID> others) {
    synchronized (membershipLock) {
      appliedMembers = others;
      maps.values().forEach(map -> map.driver().membersChanged(others));
    }
  }

  /** Members that can't read what this node writes, or the other way round, are left alone. */
  private static List<UUID> readable(View view) {
    List<UUID> readable = new ArrayList<>();
    for (Peer peer : view.others()) {
      if (peer.minWireVersion() <= WireVersion.MAX && peer.maxWireVersion() >= WireVersion.MIN) {
        readable.add(peer.id());
      } else {
        LOG.warn(
            "Node {} speaks wire versions {} to {}, this node {} to {}: they exchange nothing",
            peer.nodeName(),
            peer.minWireVersion(),
            peer.maxWireVersion(),
            WireVersion.MIN,
            WireVersion.MAX);
      }
    }
    return readable;
  }

  private void apply(Inbox.Item.Frame frame) {
    // The fence (B34) is the replica's, which knows the members at this place of the queue: a newer
    // view may have come in behind the last frames of a member that has left.
    FrameHeader header = readHeader(frame.bytes());
    if (!(header instanceof FrameHeader.Known known)) {
      unknown.incrementAndGet();
      return;
    }
    HostedMap<?> map = maps.get(known.mapName());
    if (map != null) {
      map.driver().receive(frame.sender(), known);
    } else if (known.type() == MessageType.DIGEST) {
      sender.wake(new NotHostedReply(frame.sender(), known.mapName()));
    } else if (Goodbye.isIn(known)) {
      departures.saidGoodbye(frame.sender());
    }
  }

  private FrameHeader readHeader(byte[] frame) {
    try {
      return FrameHeader.read(frame);
    } catch (MalformedBytesException e) {
      unreadable.incrementAndGet();
      throw e;
    }
  }

  /** Takes a member that is missing, and since when on this node's wall clock. */
  @FunctionalInterface
  public interface MissingMembers {
    void add(Peer member, long sinceMillis);
  }

  /** Tells of every member that disappeared from the view without a goodbye, longest first. */
  public void missing(MissingMembers members) {
    departures
        .missing(clock.now().wallMillis())
        .forEach(each -> members.add(each.member(), each.sinceMillis()));
  }

  /** Name of a node that is or was in the view; empty if it is not known. */
  public String nameOf(UUID incarnation) {
    return departures.nameOf(incarnation);
  }

  /** What it and its transport have counted, by name. */
  public TransportFigures figures() {
    TransportFigures transported = transport.figures();
    Map<String, Long> counters = new HashMap<>(transported.counters());
    counters.put("views", views.get());
    counters.put("frames-unreadable", unreadable.get());
    counters.put("frames-of-unknown-version", unknown.get());
    counters.put("inbox-dropped", inbox.dropped());
    Map<String, Long> levels = new HashMap<>(transported.levels());
    levels.put("inbox-bytes", inbox.lengthBytes());
    return new TransportFigures(counters, levels);
  }

  /** Sends what is unsent, leaves the cluster, and ends every thread. Idempotent. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    inbox.wake();
    Threads.join(applier, CLOSE_TIMEOUT);
    awaitTurn();
    if (view != null) {
      sender.wake(new Goodbye());
    }
    sender.close();
    transport.close();
    joined.complete(null);
    maps.clear();
  }

  /**
   * Waits for a thread of the transport that is applying something; the next one sees the close.
   */
  private void awaitTurn() {
    try {
      if (turn.tryLock(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
