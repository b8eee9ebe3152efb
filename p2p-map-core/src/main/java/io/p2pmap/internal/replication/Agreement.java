package io.p2pmap.internal.replication;

/** How another replica's last report compares with what this one holds now. */
public enum Agreement {
  /** It has not reported in this view. */
  UNKNOWN,
  /** It had seen other writes. */
  EXCHANGING,
  /** It had seen the same and held the same. */
  IN_SYNC,
  /** It had seen the same and held something else. */
  DIVERGED
}
