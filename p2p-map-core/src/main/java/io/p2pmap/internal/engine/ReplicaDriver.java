package io.p2pmap.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.replication.Change;
import io.p2pmap.internal.replication.Draft;
import io.p2pmap.internal.replication.Effects;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.Outgoing;
import io.p2pmap.internal.replication.Replica;
import io.p2pmap.internal.replication.ReplicaStatus;
import io.p2pmap.internal.replication.Tombstones;
import io.p2pmap.internal.wire.FrameHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one replica and performs its effects: the contents are changed, the listeners' queues and
 * the queue of messages are filled in one critical section, in this order. Nothing that can block
 * and no user code runs in it. It owns no thread, so that simulations drive it as production does.
 *
 * <p>Threading: any thread, one input at a time under {@link #lock}; {@link #drain} on one thread
 * at a time.
 *
 * @param <K> how the map identifies keys
 */
public final class ReplicaDriver<K> {

  private static final int MAX_MESSAGES_A_TURN = 64;

  /** What only the holder of the lock may touch. */
  private static final class Guarded<K> {
    final Replica<K> replica;
    final Queue<Outgoing<K>> unsent = new ArrayDeque<>();
    final List<ChangeListener<K>> listeners = new ArrayList<>();
    final Waiters waiters = new Waiters();

    Guarded(Replica<K> replica) {
      this.replica = replica;
    }
  }

  @FunctionalInterface
  private interface Input<K> {
    Effects<K> apply(Guarded<K> own, Now now);
  }

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Guarded<K> guarded;

  // Written under the lock, read by anybody.
  private final Map<K, Entry<K>> live;
  private final MapFrames<K> frames;
  private final NodeClock clock;
  private final Wakeups wakeups;
  private final Durability<K> durability;
  private final @Nullable ArrivingTransfers arriving;
  private volatile int shownCount;
  private volatile @Nullable Stamp lastWrite;
  private volatile long nextTickNanos;

  /**
   * Drives {@code replica}, which nobody else uses from now on.
   *
   * @param live the replica's live entries
   * @param wakeups called outside the lock
   */
  public ReplicaDriver(
      Replica<K> replica,
      Map<K, Entry<K>> live,
      MapFrames<K> frames,
      NodeClock clock,
      Wakeups wakeups) {
    this(replica, live, frames, clock, wakeups, null);
  }

  /** Drives a replica that is persisted in {@code state}, if that is not null. */
  public ReplicaDriver(
      Replica<K> replica,
      Map<K, Entry<K>> live,
      MapFrames<K> frames,
      NodeClock clock,
      Wakeups wakeups,
      @Nullable DurableState<K> state) {
    this.durability = state == null ? Durability.none() : state;
    this.guarded = new Guarded<>(replica);
    this.shownCount = replica.shownCount();
    this.live = live;
    this.frames = frames;
    this.clock = clock;
    this.wakeups = wakeups;
    MapProbe probe = frames.probe();
    this.arriving = probe == null ? null : new ArrivingTransfers(probe);
    this.nextTickNanos = clock.now().monotonicNanos();
  }

  /**
   * Writes, in order, as one step; returns, once that is durable, what changed for readers.
   *
   * @throws io.p2pmap.internal.storage.StorageException if the map is persisted and can't be now
   */
  public List<Change<K>> write(List<Draft<K>> drafts) {
    return durably((own, now) -> own.replica.write(drafts, now));
  }

  /** Like {@link #write}, with what {@code drafts} makes of the live entries at that instant. */
  public List<Change<K>> rewrite(Function<Collection<Entry<K>>, List<Draft<K>>> drafts) {
    return durably((own, now) -> own.replica.write(drafts.apply(live.values()), now));
  }

  /** Like {@link #write}, unless the live entry is not {@code expected}; returns whether it did. */
  public boolean tryWrite(Draft<K> draft, @Nullable Entry<K> expected) {
    boolean[] written = new boolean[1];
    durably(
        (own, now) -> {
          written[0] = live.get(draft.key()) == expected;
          return written[0] ? own.replica.write(List.of(draft), now) : Effects.none();
        });
    return written[0];
  }

  private List<Change<K>> durably(Input<K> input) {
    durability.requireWritable();
    Performed<K> performed = perform(input);
    durability.await(performed.position());
    return performed.effects().changes();
  }

  /**
   * Handles a frame of the member {@code sender}.
   *
   * @throws io.p2pmap.internal.codec.MalformedBytesException if it is malformed; then nothing
   *     changed
   */
  public void receive(UUID sender, FrameHeader.Known frame) {
    Message<K> message = frames.decode(frame, clock.now().wallMillis());
    MapProbe probe = frames.probe();
    if (probe == null || arriving == null) {
      perform((own, now) -> own.replica.receive(sender, message, now));
      return;
    }
    Arrival<K> arrival = new Arrival<>(sender, message);
    arriving.receiving(sender, message, clock.now().monotonicNanos());
    perform((own, now) -> arrival.apply(own.replica, now));
    arriving.received(sender, message);
    arrival.tell(probe, clock.now().wallMillis());
  }

  /** The view changed: these are all other members. */
  public void membersChanged(Collection<UUID> others) {
    perform((own, now) -> own.replica.membersChanged(others, now));
    if (arriving != null) {
      arriving.membersChanged(others);
    }
  }

  /** Lets time pass; due at {@link #nextTickNanos}. */
  public void tick() {
    perform((own, now) -> own.replica.tick(now));
    perform(
        (own, now) ->
            own.waiters.isProbeDue(now.monotonicNanos()) ? own.replica.probe(now) : Effects.none());
    if (arriving != null) {
      arriving.tick(clock.now().monotonicNanos());
    }
  }

  /** What an input did, and where its record is in the store. */
  private record Performed<K>(Effects<K> effects, long position) {}

  /** One input; if it ends by an error, out of memory say, it may be half done. */
  private Performed<K> perform(Input<K> input) {
    try {
      return performWhole(input);
    } catch (Error e) {
      wakeups.failed(e);
      throw e;
    }
  }

  /** The input's effects are performed in this order, and nobody sees half of them. */
  private Performed<K> performWhole(Input<K> input) {
    Effects<K> effects;
    long position;
    boolean hasUnsent;
    boolean isTickEarlier;
    List<CompletableFuture<Void>> reached;
    lock.lock();
    try {
      Guarded<K> own = guarded;
      Now now = clock.now();
      effects = input.apply(own, now); // readers see the change from here on
      position = durability.record(effects.delta());
      noteShown(own.replica.shownCount());
      noteLastWrite(own.replica.lastWrite());
      if (!effects.changes().isEmpty()) {
        own.listeners.forEach(listener -> listener.onChanges(effects.changes()));
      }
      if (!effects.messages().isEmpty()) {
        own.unsent.addAll(effects.messages());
      }
      hasUnsent = !own.unsent.isEmpty() || own.replica.hasUnsent();
      reached = own.waiters.takeReached(own.replica);
      long next = own.waiters.earlier(own.replica.nextTickNanos(now));
      isTickEarlier = next - nextTickNanos < 0;
      noteNextTick(next);
    } finally {
      lock.unlock();
    }
    if (hasUnsent) {
      wakeups.send();
    }
    if (isTickEarlier) {
      wakeups.tick();
    }
    reached.forEach(future -> future.completeAsync(() -> null));
    return new Performed<>(effects, position);
  }

  // What is the same as before is not written again: each write of a volatile field waits for
  // those before it.

  private void noteShown(int shown) {
    if (shown != shownCount) {
      shownCount = shown;
    }
  }

  private void noteNextTick(long nanos) {
    if (nanos != nextTickNanos) {
      nextTickNanos = nanos;
    }
  }

  private void noteLastWrite(@Nullable Stamp last) {
    if (!Objects.equals(last, lastWrite)) {
      lastWrite = last;
    }
  }

  /** Sends what is queued, own writes first; returns whether more is left. */
  public boolean drain(FrameSender sender) {
    for (int sent = 0; sent < MAX_MESSAGES_A_TURN; sent++) {
      Outgoing<K> next = locked(ReplicaDriver::nextOutgoing);
      if (next == null) {
        return false;
      }
      sender.send(next.receiver(), frames.encode(next.message()));
    }
    return true;
  }

  private static <K> @Nullable Outgoing<K> nextOutgoing(Guarded<K> own) {
    Message<K> batch = own.replica.pollBatch();
    return batch != null ? new Outgoing<>(null, batch) : own.unsent.poll();
  }

  /** Completes when {@code isEnough} says so of this node's writes so far. */
  public CompletableFuture<Void> whenReached(Predicate<Replica.Reached> isEnough) {
    return when(
        subject -> {
          Stamp write = subject.lastWrite();
          return write == null ? any -> true : any -> isEnough.test(any.reached(write));
        });
  }

  /** Completes when every other member that hosts the map reports just these contents. */
  public CompletableFuture<Void> whenAgreed() {
    return when(subject -> Replica::isAgreed);
  }

  /** Completes when all that the members had seen is here, or there are no other members. */
  public CompletableFuture<Void> whenCaughtUp() {
    return when(subject -> any -> any.isAlone() || any.isCaughtUp());
  }

  /**
   * Completes when all of {@code writes} have been applied or superseded here. It may wait for
   * ever: whoever gives up cancels it. Nothing is changed or sent by it, whatever the writes are.
   */
  public CompletableFuture<Void> whenSeen(Collection<Stamp> writes) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    perform(
        (own, now) -> {
          own.waiters.addSilent(any -> writes.stream().allMatch(any::hasSeen), future);
          return Effects.none();
        });
    return future;
  }

  /** Whether all of {@code writes} have been applied or superseded here. */
  public boolean hasSeen(Collection<Stamp> writes) {
    return locked(own -> writes.stream().allMatch(own.replica::hasSeen));
  }

  private CompletableFuture<Void> when(Function<Replica<K>, Predicate<Replica<?>>> condition) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    perform(
        (own, now) -> {
          own.waiters.add(condition.apply(own.replica), future, now.monotonicNanos());
          return own.replica.probe(now);
        });
    return future;
  }

  /** Ends every wait with {@code reason}. */
  public void abandonWaits(RuntimeException reason) {
    locked(own -> own.waiters.takeAll()).forEach(wait -> wait.completeExceptionally(reason));
  }

  /** Adds a listener; {@code initial} gets the visible entries at that instant, with no gap. */
  void listen(ChangeListener<K> listener, Consumer<List<Entry<K>>> initial) {
    locked(
        own -> {
          long wallMillis = clock.now().wallMillis();
          initial.accept(live.values().stream().filter(e -> e.isVisible(wallMillis)).toList());
          return own.listeners.add(listener);
        });
  }

  void unlisten(ChangeListener<K> listener) {
    locked(own -> own.listeners.remove(listener));
  }

  /** The last write of this node, or null if there is none; read without the lock. */
  public @Nullable Stamp lastWrite() {
    return lastWrite;
  }

  /** What is known at this instant. */
  public ReplicaStatus status() {
    return locked(own -> own.replica.status(clock.now()));
  }

  /** The removals that are remembered at this instant. Cost, under the lock: their number. */
  public Tombstones<K> tombstones() {
    return locked(own -> own.replica.tombstones(clock.now()));
  }

  /** Whether keys are decoded without the application's classes. */
  boolean hasPlainKeys() {
    return frames.hasPlainKeys();
  }

  /** Adds what was counted of the map's frames, by name. */
  public void addTraffic(Map<String, Long> counters) {
    frames.traffic().addTo(counters);
  }

  /** Name of the node that wrote as {@code origin}, or an empty string. */
  public String writer(UUID origin) {
    return locked(own -> own.replica.writer(origin));
  }

  /** Whether this node writes as {@code origin}. */
  public boolean isOwn(UUID origin) {
    return locked(
        own -> {
          Stamp last = own.replica.lastWrite();
          return last != null && last.origin().equals(origin);
        });
  }

  /** Number of entries that readers see. */
  public int shownCount() {
    return shownCount;
  }

  /** Monotonic time at which {@link #tick} is due. */
  public long nextTickNanos() {
    return nextTickNanos;
  }

  /** Throws {@link AssertionError} if an invariant of the replica is broken. */
  public void checkInvariants() {
    locked(
        own -> {
          own.replica.checkInvariants();
          return true;
        });
  }

  /** Answers {@code question} while no input is handled; it must not block. */
  public <T> T exclusively(Function<Now, T> question) {
    return locked(own -> question.apply(clock.now()));
  }

  private <T extends @Nullable Object> T locked(Function<Guarded<K>, T> question) {
    lock.lock();
    try {
      return question.apply(guarded);
    } finally {
      lock.unlock();
    }
  }
}
