package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One node's replica of one map: a deterministic state machine, one method an input. Equal state
 * and input give equal effects, which the caller performs in the order of {@link Effects}.
 *
 * <p>Threading: not thread-safe; one input at a time.
 *
 * @param <K> how the map identifies keys
 */
public sealed interface Replica<K> permits ConvergentReplica, PresenceReplica {

  /** Writes, in order, as one step. */
  Effects<K> write(List<Draft<K>> drafts, Now now);

  /** Handles a message of the member {@code sender}. */
  Effects<K> receive(UUID sender, Message<K> message, Now now);

  /** The view changed: these are all other members. */
  Effects<K> membersChanged(Collection<UUID> others, Now now);

  /** Time has passed; due at {@link #nextTickNanos} at the latest. */
  Effects<K> tick(Now now);

  /** Asks every other member to report at once. */
  Effects<K> probe(Now now);

  /** The next message of own writes to multicast, or null if there is none. */
  @Nullable Message<K> pollBatch();

  /** Whether {@link #pollBatch} has something. */
  boolean hasUnsent();

  /** Monotonic time of the next {@link #tick}. */
  long nextTickNanos(Now now);

  /**
   * The present entry of {@code key} that {@link #write} would replace, live or tombstone; of a
   * presence map the own one.
   */
  @Nullable Entry<K> current(K key);

  /** The last own write, or null if there is none. */
  @Nullable Stamp lastWrite();

  /**
   * Whether {@code write}, and all that its origin wrote before, was applied or superseded here.
   */
  boolean hasSeen(Stamp write);

  /** Who has applied this node's writes up to {@code write}. */
  Reached reached(Stamp write);

  /** Whether all that the members had seen when they first reported is here. */
  boolean isCaughtUp();

  /** Whether every member that hosts the map, or may, last reported just these contents. */
  boolean isAgreed();

  /** Whether there is no other member. */
  boolean isAlone();

  /** Number of entries that readers see, as of the last {@link #tick}. */
  int shownCount();

  /** What is known at this instant. */
  ReplicaStatus status(Now now);

  /** The removals that are remembered, and for whom. Cost: their number. */
  Tombstones<K> tombstones(Now now);

  /** Name of the node that wrote as {@code origin}, or an empty string. */
  String writer(UUID origin);

  /** Throws {@link AssertionError} if an invariant is broken. Cost: the whole contents. */
  void checkInvariants();

  /**
   * How far a write has got.
   *
   * @param confirmed other members that have applied it
   * @param hosts other members that host the map
   * @param unknown other members that have not said whether they host the map
   */
  record Reached(int confirmed, int hosts, int unknown) {}
}
