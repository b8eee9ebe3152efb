package io.p2pmap.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map on a node in another process. Threading: any thread. */
public final class RemoteMap {

  private final NodeProcess node;
  private final String name;

  RemoteMap(NodeProcess node, String name) {
    this.node = node;
    this.name = name;
  }

  /** Writes one entry. */
  public void put(String key, String value) {
    node.call("put", name, key, value);
  }

  /** Writes one entry that expires. */
  public void put(String key, String value, Duration timeToLive) {
    node.call("put-for", name, key, value, timeToLive);
  }

  /** Removes a key; returns whether it was there. */
  public boolean remove(String key) {
    return Boolean.parseBoolean(node.call("remove", name, key).text(0));
  }

  /** Writes {@code count} entries at once; keys such as {@code prefix-00017}, values the number. */
  public void load(String prefix, int count) {
    node.call("load", name, prefix, 0, count);
  }

  /** Like {@link #load}, but one by one; returns how long all took. */
  public Duration puts(String prefix, int count) {
    return Duration.ofNanos(node.call("puts", name, prefix, 0, count).number(0));
  }

  /** Like {@link #puts} with values of some length, and then closes the node at once. */
  public void putsThenCloseNode(String prefix, int count, int valueLength) {
    node.call("puts-close", name, prefix, 0, count, valueLength);
  }

  /** Like {@link #puts}; the process ends abruptly as soon as they are reported as replicated. */
  public void putsThenHaltWhenReplicated(String prefix, int count) {
    try {
      node.call("puts-replicated-halt", name, prefix, 0, count);
    } catch (IllegalStateException e) {
      node.awaitExit(); // there is nobody to answer
      return;
    }
    throw new AssertionError("Process of node %s was to end".formatted(node));
  }

  /** Removes, one by one, what {@link #load} wrote from {@code from} on. */
  public void removes(String prefix, int from, int count) {
    node.call("removes", name, prefix, from, count);
  }

  /**
   * From now on the node writes, as fast as it can, until its process ends.
   *
   * @param acknowledgements where it notes what it was told to have done
   */
  public void work(String prefix, Path acknowledgements) {
    node.call("count-up", name, prefix, acknowledgements);
  }

  /** Writes {@code 1}, {@code 2} and {@code 3} to each of {@code count} keys. */
  public void triples(String prefix, int count) {
    node.call("triples", name, prefix, 0, count);
  }

  /** Random puts and removes; returns how long they took. */
  public Duration conflict(long seed, int operations, int keys) {
    return Duration.ofNanos(node.call("conflict", name, seed, operations, keys).number(0));
  }

  /** The value, or null. */
  public @Nullable String get(String key) {
    return node.call("get", name, key).at(0);
  }

  /** Number of entries. */
  public int size() {
    return node.call("size", name).integer(0);
  }

  /** Every entry with who wrote it and when. */
  public SortedMap<String, DumpedEntry> dump() {
    return DumpedEntry.parse(node.call("dump", name));
  }

  /** Every key with its value. */
  public Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    dump().forEach((key, entry) -> contents.put(key, entry.value()));
    return contents;
  }

  /** What the node says of the map. */
  public StatusLine status() {
    return StatusLine.parse(node.call("status", name));
  }

  /** Waits until every host reports the same; returns whether they did in time. */
  public boolean awaitInSync(Duration timeout) {
    return Boolean.parseBoolean(node.call("await-in-sync", name, timeout).text(0));
  }

  /** Waits until the node's writes are on all or most nodes; returns how long that took. */
  public Duration awaitReplicated(String reach, Duration timeout) {
    return Duration.ofNanos(node.call("replicated", name, reach, timeout).number(0));
  }

  /** From now on the events are kept, in place of those kept before. */
  public void subscribe() {
    node.call("subscribe", name, "NONE");
  }

  /** How many events were kept. */
  public int eventCount() {
    return node.call("event-count", name).integer(0);
  }

  /** The events kept. */
  public List<ObservedEvent> events() {
    return ObservedEvent.parse(node.call("events", name));
  }
}
