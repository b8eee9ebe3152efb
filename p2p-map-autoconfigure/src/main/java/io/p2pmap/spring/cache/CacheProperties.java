package io.p2pmap.spring.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Declaration of one cache.
 *
 * @param valueType Type of the values, as a Java type name. Type arguments are allowed. Required.
 * @param keyType Type of the keys, as a Java type name. If not set, keys are texts, numbers and the
 *     like, or lists of them.
 * @param timeToLive Time to live of the entries. Uses 'p2pmap.cache.time-to-live' if not set.
 * @param maxValueSize Largest encoded value that is accepted.
 */
@ConfigurationPropertiesSource
public record CacheProperties(
    @Nullable String valueType,
    @Nullable String keyType,
    @Nullable Duration timeToLive,
    @DefaultValue("1MB") DataSize maxValueSize) {}
