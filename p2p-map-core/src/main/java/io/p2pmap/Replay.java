package io.p2pmap;

/** What a new {@link Subscription} is told about entries that are there already. */
public enum Replay {
  /** Nothing: only changes after the subscription. */
  NONE,
  /** Every current entry as a {@link MapEvent.Put} without previous value, then the changes. */
  CURRENT_ENTRIES
}
