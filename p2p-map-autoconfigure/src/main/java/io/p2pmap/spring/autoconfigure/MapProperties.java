package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Declaration of one map.
 *
 * @param keyType Type of the keys, as a Java type name. Type arguments are allowed.
 * @param valueType Type of the values, as a Java type name. Type arguments are allowed. Required.
 * @param persist Whether the map survives a restart of all nodes.
 * @param validator Name of a bean that accepts or refuses values: a java.util.function.Predicate,
 *     an org.springframework.validation.Validator, or an io.p2pmap.ValueValidator.
 * @param pruneOnPeerDown Whether what a node wrote disappears when that node leaves or fails.
 * @param tombstoneTtl How long removals are remembered for a node that went away.
 * @param scanInterval How often to look for tombstones and expired entries that may leave.
 * @param timeToLive Time to live of entries that are written without one. They live until they are
 *     removed if not set.
 * @param maxValueSize Largest encoded value that is accepted.
 */
@ConfigurationPropertiesSource
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

  /**
   * Everything but the validator, which is a bean.
   *
   * @throws InvalidSettingException if a value is out of range
   */
  MapSpec<Object, Object> toSpec(String name, Type key, Type value) {
    String property = MapDeclarations.propertyOf(name);
    if (persist && pruneOnPeerDown) {
      throw InvalidSettingException.ofValue(
          property + ".persist",
          "'%s.prune-on-peer-down' is set, and what such a map holds ends with its nodes"
              .formatted(property),
          null);
    }
    Duration tombstones = Bounds.positive(property + ".tombstone-ttl", tombstoneTtl);
    Duration scan = Bounds.positive(property + ".scan-interval", scanInterval);
    MapSpec<Object, Object> named =
        Bounds.accepted(property, () -> MapSpec.of(name, key, value))
            .persist(persist)
            .pruneOnPeerDown(pruneOnPeerDown)
            .tombstoneTtl(tombstones)
            .scanInterval(scan);
    MapSpec<Object, Object> spec =
        Bounds.accepted(
            property + ".max-value-size", () -> named.maxValueBytes(inInt(maxValueSize)));
    return timeToLive != null
        ? spec.timeToLive(Bounds.positive(property + ".time-to-live", timeToLive))
        : spec;
  }

  private static int inInt(DataSize size) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, size.toBytes()));
  }
}
