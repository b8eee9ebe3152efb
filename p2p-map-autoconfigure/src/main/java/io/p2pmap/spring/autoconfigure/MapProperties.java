package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Declaration of one map.
 *
 * @param keyType Type of the keys, as a Java type name. Type arguments are allowed.
 * @param valueType Type of the values, as a Java type name. Type arguments are allowed. Required.
 * @param persist Whether the map survives a restart of all nodes.
 * @param validator Name of a java.util.function.Predicate bean that accepts or refuses values.
 * @param pruneOnPeerDown Whether what a node wrote disappears when that node leaves or fails.
 * @param tombstoneTtl How long removals are remembered for a node that went away.
 * @param scanInterval How often to look for tombstones and expired entries that may leave.
 * @param timeToLive Time to live of entries that are written without one. They live until they are
 *     removed if not set.
 * @param maxValueSize Largest encoded value that is accepted.
 */
public record MapProperties(
    @DefaultValue("java.lang.String") String keyType,
    @Nullable String valueType,
    @DefaultValue("false") boolean persist,
    @Nullable String validator,
    @DefaultValue("false") boolean pruneOnPeerDown,
    @DefaultValue("1h") Duration tombstoneTtl,
    @DefaultValue("1s") Duration scanInterval,
    @Nullable Duration timeToLive,
    @DefaultValue("1MB") DataSize maxValueSize) {

  /** Everything but the validator, which is a bean. */
  MapSpec<Object, Object> toSpec(String name, Type key, Type value) {
    MapSpec<Object, Object> spec =
        MapSpec.of(name, key, value)
            .persist(persist)
            .pruneOnPeerDown(pruneOnPeerDown)
            .tombstoneTtl(tombstoneTtl)
            .scanInterval(scanInterval)
            .maxValueBytes(maxValueBytes());
    return timeToLive != null ? spec.timeToLive(timeToLive) : spec;
  }

  private int maxValueBytes() {
    long bytes = maxValueSize.toBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("maxValueSize must be less than 2GB, but was " + bytes);
    }
    return (int) bytes;
  }
}
