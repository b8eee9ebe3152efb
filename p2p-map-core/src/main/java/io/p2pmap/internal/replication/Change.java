package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A change of what readers see of one key.
 *
 * @param key the key that changed
 * @param before the entry that was visible, or null
 * @param after the entry that is visible now, or null
 * @param cause why
 * @param removal the tombstone that removed it, or null if there is none
 */
public record Change<K>(
    K key,
    @Nullable Entry<K> before,
    @Nullable Entry<K> after,
    Cause cause,
    @Nullable Entry<K> removal) {

  /** Why the visible entry changed. */
  public enum Cause {
    /** It was written or removed. */
    WRITTEN,
    /** It is hidden or shown again because of its expiry. */
    EXPIRY,
    /** The node that kept it in a presence map is gone. */
    PRUNED
  }
}
