package io.p2pmap;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows about one of its maps at one instant.
 *
 * @param name name of the map
 * @param state whether the map has caught up with the others
 * @param size number of visible entries
 * @param tombstones removals that are still remembered because some node may not know them
 * @param hiddenEntries entries that this node keeps and forwards but cannot decode or refuses
 * @param fingerprint order-independent 64-bit sum over all entries that do not expire; equal on two
 *     nodes if and only if these entries are equal (but for a chance of about 2^-64)
 * @param clockConfirmed whether this node's clock is close to the median of the members' clocks
 * @param backlog what has happened here and was not passed on yet
 * @param members every other node that hosts the map
 * @param storage what is known about the files of the map, or null if it is not persisted
 * @param counters monotonic counts since the map was opened, by name
 */
public record MapStatus(
    String name,
    State state,
    int size,
    int tombstones,
    int hiddenEntries,
    long fingerprint,
    boolean clockConfirmed,
    Backlog backlog,
    List<MemberStatus> members,
    @Nullable StorageStatus storage,
    Map<String, Long> counters) {

  public MapStatus {
    members = List.copyOf(members);
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }

  /** Whether every other node that hosts the map is known to hold the same contents. */
  public boolean isInSync() {
    return members.stream().allMatch(member -> member.agreement() == Agreement.IN_SYNC);
  }

  /** Whether the map is persisted and takes no writes, because they can't be made durable. */
  public boolean isDegraded() {
    return storage != null && storage.state() == StorageStatus.State.DEGRADED;
  }

  /**
   * What has happened on this node and was not passed on yet.
   *
   * @param unsentWrites writes of this node that have not left for the others
   * @param unsentBytes encoded length of these
   * @param listeners number of subscriptions
   * @param queuedChanges changes that the listener furthest behind was not told of
   */
  public record Backlog(int unsentWrites, long unsentBytes, int listeners, int queuedChanges) {}

  /** Whether a map has caught up with the others. */
  public enum State {
    /** Usable, but the first exchange with another node has not finished. */
    SYNCING,
    /** Caught up with the others at least once since the start, or alone. */
    READY,
    /** Closed on this node. */
    CLOSED
  }

  /** Whether another node holds the same contents. */
  public enum Agreement {
    /** Nothing was heard from it about this map in the current view. */
    UNKNOWN,
    /** It has seen other writes than this node; normal for a moment after a write. */
    EXCHANGING,
    /** It has seen the same writes and holds the same contents. */
    IN_SYNC,
    /** It has seen the same writes but holds other contents; a repair is under way. */
    DIVERGED
  }

  /**
   * What is known about one other node that hosts the map.
   *
   * @param member the node
   * @param agreement whether it holds the same contents
   * @param lastHeard how long ago it last reported its contents, or null if never in this view
   * @param clockOffset its clock minus this node's clock, as last measured (includes the delay of
   *     the message), or null if not measured
   */
  public record MemberStatus(
      Member member,
      Agreement agreement,
      @Nullable Duration lastHeard,
      @Nullable Duration clockOffset) {}
}
