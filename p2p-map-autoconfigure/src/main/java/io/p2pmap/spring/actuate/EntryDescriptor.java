package io.p2pmap.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An entry of a map.
 *
 * @param key the key as a string
 * @param value the value as JSON, or a mask
 * @param writer name of the node that wrote it
 * @param stamp what it competes with: the hybrid time as a number, and the writer's identity
 * @param age how long ago it was written, by this node's clock; not less than zero
 * @param valueBytes size of the encoded value in bytes
 */
record EntryDescriptor(
    String key,
    Object value,
    String writer,
    String stamp,
    Instant writtenAt,
    Duration age,
    @Nullable Instant expiresAt,
    int valueBytes)
    implements OperationResponseBody {}
