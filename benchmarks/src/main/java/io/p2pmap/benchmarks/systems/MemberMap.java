package io.p2pmap.benchmarks.systems;

import org.jspecify.annotations.Nullable;

/**
 * One member's map of a system under test.
 *
 * <p>Threading: reads from any thread; each member is written by one thread at a time.
 */
public interface MemberMap extends AutoCloseable {

  /** Writes, the way the system does it by default. */
  void put(String key, String value);

  /** Reads what this member holds. */
  @Nullable String get(String key);

  /** Number of entries this member holds. */
  int size();

  /** Lets everything written so far leave; only who batches by hand needs it. */
  default void flush() {}

  @Override
  void close();
}
