package io.p2pmap;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry with what is known about its writing.
 *
 * @param writer name of the node that wrote it; empty if it is not known
 * @param stamp what it competes with: the hybrid time as a number, and the writer's identity
 * @param writtenAt when it was written, by the hybrid logical clock of the writer
 * @param expiresAt when it expires, or null if it does not
 * @param valueBytes size of the encoded value in bytes
 */
public record EntryInfo<K, V>(
    K key,
    V value,
    String writer,
    String stamp,
    Instant writtenAt,
    @Nullable Instant expiresAt,
    int valueBytes) {}
