package io.p2pmap;

import java.util.List;

/**
 * Says what is wrong with a value.
 *
 * <p>Threading: any thread, several at once; no lock is held.
 *
 * @param <V> type of the values
 */
@FunctionalInterface
public interface ValueValidator<V> {

  /** What is wrong with {@code value}, each in words for people; empty if it is accepted. */
  List<String> violations(V value);
}
