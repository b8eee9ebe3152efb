package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A write before it is stamped.
 *
 * @param valueBytes the encoded value, or null to remove the key
 * @param expiresAtMillis epoch milliseconds, or {@link Entry#NEVER}
 */
public record Draft<K>(K key, byte[] keyBytes, byte @Nullable [] valueBytes, long expiresAtMillis) {

  boolean isRemoval() {
    return valueBytes == null;
  }

  static <K> Draft<K> again(Entry<K> entry) {
    return new Draft<>(entry.key(), entry.keyBytes(), entry.valueBytes(), entry.expiresAtMillis());
  }
}
