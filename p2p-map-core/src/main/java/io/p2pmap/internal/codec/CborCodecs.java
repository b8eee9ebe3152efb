package io.p2pmap.internal.codec;

import java.lang.reflect.Type;
import java.util.Collection;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.ClassUtil;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Makes the {@link CborCodec}s of one node, all with the same settings. They are not those of the
 * application: nodes whose applications are configured differently must agree on the bytes.
 *
 * <p>Threading: any thread.
 */
public final class CborCodecs {

  /** Encoding stops here as well, so that what can be written can be read. */
  static final int MAX_NESTING_DEPTH = 200;

  private static final int MAX_STRING_CHARACTERS = 16 << 20;
  private static final int MAX_NUMBER_CHARACTERS = 1000;
  private static final int MAX_NAME_CHARACTERS = 50_000;

  private final CBORMapper mapper;

  /**
   * Creates a factory.
   *
   * @param modules what the application adds to Jackson; must be equal on all nodes
   * @param classLoader loads the classes that a polymorphic value names
   */
  public CborCodecs(Collection<? extends JacksonModule> modules, ClassLoader classLoader) {
    this.mapper =
        settings(CBORMapper.builder(factory()))
            .typeFactory(TypeFactory.createDefaultInstance().withClassLoader(classLoader))
            .addModules(modules)
            .build();
  }

  /**
   * A codec for {@code type}, which may be generic.
   *
   * @throws IllegalArgumentException if Jackson can't make anything of the type
   */
  public <T> CborCodec<T> codecOf(Type type) {
    JavaType javaType = mapper.constructType(type);
    return new CborCodec<>(
        type,
        mapper.writerFor(javaType),
        mapper.readerFor(javaType),
        javaType.hasRawClass(String.class) && isTextUnchanged(javaType));
  }

  /** Whether no module has a way of its own with strings. */
  private boolean isTextUnchanged(JavaType text) {
    return ClassUtil.isJacksonStdImpl(mapper._serializationContext().findRootValueSerializer(text))
        && ClassUtil.isJacksonStdImpl(
            mapper._deserializationContext().findRootValueDeserializer(text));
  }

  private static CBORFactory factory() {
    return CBORFactory.builder()
        // A table of 6,000 names, copied for each new one: half a megabyte for a few bytes.
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING_DEPTH)
                .maxStringLength(MAX_STRING_CHARACTERS)
                .maxNumberLength(MAX_NUMBER_CHARACTERS)
                .maxNameLength(MAX_NAME_CHARACTERS)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING_DEPTH).build())
        .build();
  }

  // Some are Jackson's defaults today; the bytes must not change with its next release.
  private static CBORMapper.Builder settings(CBORMapper.Builder builder) {
    return builder
        // Stable bytes.
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        // What goes in comes out: a date keeps its time zone.
        .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        // Versions of the application side by side.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        // One value, and nothing after it.
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
