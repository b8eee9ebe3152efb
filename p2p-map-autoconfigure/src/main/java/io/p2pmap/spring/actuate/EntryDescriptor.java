package io.p2pmap.spring.actuate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An entry of a map.
 *
 * @param key the key as a string
 * @param value the value as JSON, or a mask
 * @param writer name of the node that wrote it
 * @param valueBytes size of the encoded value in bytes
 */
record EntryDescriptor(
    String key,
    Object value,
    String writer,
    Instant writtenAt,
    @Nullable Instant expiresAt,
    int valueBytes)
    implements OperationResponseBody {}
