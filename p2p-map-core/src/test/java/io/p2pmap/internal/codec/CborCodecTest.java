package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.module.SimpleModule;

class CborCodecTest {

  private final CborCodecs codecs = codecs(getClass().getClassLoader());

  private static CborCodecs codecs(ClassLoader classLoader) {
    return new CborCodecs(List.of(), classLoader);
  }

  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "very high";
      }
    }
  }

  record Flag(boolean enabled, int rolloutPercent, String note) {}

  record NewFlag(boolean enabled, int rolloutPercent, String note, Level level, double weight) {}

  record Rule(String name, Instant since, List<Level> levels, Map<String, Flag> flags) {}

  static Stream<Arguments> valuesOfManyTypes() {
    return Stream.of(
        Arguments.of(String.class, "text"),
        Arguments.of(Boolean.class, true),
        Arguments.of(Integer.class, -1),
        Arguments.of(Long.class, Long.MIN_VALUE),
        Arguments.of(Double.class, 0.1),
        Arguments.of(Character.class, 'x'),
        Arguments.of(byte[].class, new byte[] {0, -1, 127}),
        Arguments.of(UUID.class, new UUID(1, 2)),
        Arguments.of(Level.class, Level.HIGH),
        Arguments.of(Instant.class, Instant.parse("2026-01-02T03:04:05.123456789Z")),
        Arguments.of(OffsetDateTime.class, OffsetDateTime.parse("2026-01-02T03:04:05+02:00")),
        Arguments.of(
            ZonedDateTime.class, ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]")),
        Arguments.of(Flag.class, new Flag(true, 50, "half")),
        Arguments.of(Flag.class, new Flag(false, 0, null)));
  }

  @ParameterizedTest
  @MethodSource("valuesOfManyTypes")
  void aValueComesBackEqual(Type type, Object value) {
    CborCodec<Object> codec = codecs.codecOf(type);
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void genericTypesComeBackWithTheirElementTypes() {
    Rule rule =
        new Rule(
            "r",
            Instant.ofEpochSecond(1, 999_999_999),
            List.of(Level.HIGH),
            Map.of("f", new Flag(true, 1, "")));
    CborCodec<Map<String, List<Rule>>> codec =
        codecs.codecOf(new TypeReference<Map<String, List<Rule>>>() {}.getType());
    Map<String, List<Rule>> value = Map.of("x", List.of(rule, rule), "y", List.of());
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void anEmptyOptionalComesBack() {
    CborCodec<Optional<String>> codec =
        codecs.codecOf(new TypeReference<Optional<String>>() {}.getType());
    assertThat(codec.decode(codec.encode(Optional.empty()))).isEmpty();
  }

  @Test
  void anOldVersionIgnoresWhatANewOneAdded() {
    byte[] bytes =
        codecs.<NewFlag>codecOf(NewFlag.class).encode(new NewFlag(true, 5, "n", Level.LOW, 1.5));
    assertThat(codecs.<Flag>codecOf(Flag.class).decode(bytes)).isEqualTo(new Flag(true, 5, "n"));
  }

  @Test
  void aNewVersionReadsWhatAnOldOneWroteWithDefaults() {
    byte[] bytes = codecs.<Flag>codecOf(Flag.class).encode(new Flag(true, 5, "n"));
    assertThat(codecs.<NewFlag>codecOf(NewFlag.class).decode(bytes))
        .isEqualTo(new NewFlag(true, 5, "n", null, 0));
  }

  @Test
  void theOrderInWhichAMapWasFilledDoesNotShow() {
    Map<String, Integer> up = new HashMap<>();
    Map<String, Integer> down = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      up.put("k" + i, i);
      down.put("k" + (99 - i), 99 - i);
    }
    CborCodec<Map<String, Integer>> codec =
        codecs.codecOf(new TypeReference<Map<String, Integer>>() {}.getType());
    assertThat(codec.encode(up)).isEqualTo(codec.encode(down));
  }

  static Stream<byte[]> notOneString() {
    return Stream.of("", "6161ff", "61616162", "f6", "62ff61", "78ff61", "1b", "a1", "ff")
        .map(HexFormat.of()::parseHex);
  }

  @ParameterizedTest
  @MethodSource("notOneString")
  void whatIsNotExactlyOneValueIsRefused(byte[] bytes) {
    assertThatThrownBy(() -> codecs.<String>codecOf(String.class).decode(bytes))
        .isInstanceOf(DecodeException.class)
        .hasMessage("Can't decode %d bytes as java.lang.String", bytes.length);
  }

  @Test
  void nestingIsLimitedAlikeInBothDirections() {
    CborCodec<List<Object>> codec = codecs.codecOf(new TypeReference<List<Object>>() {}.getType());
    List<Object> deepest = nested(CborCodecs.MAX_NESTING_DEPTH);
    assertThat(codec.decode(codec.encode(deepest))).isEqualTo(deepest);
    assertThatThrownBy(() -> codec.encode(nested(CborCodecs.MAX_NESTING_DEPTH + 1)))
        .isInstanceOf(EncodeException.class);
    byte[] deeper = new byte[CborCodecs.MAX_NESTING_DEPTH + 2];
    Arrays.fill(deeper, (byte) 0x81);
    deeper[deeper.length - 1] = (byte) 0x80;
    assertThatThrownBy(() -> codec.decode(deeper)).isInstanceOf(DecodeException.class);
  }

  private static List<Object> nested(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = 1; i < depth; i++) {
      list = new ArrayList<>(Collections.singletonList(list));
    }
    return list;
  }

  @Test
  void aValueThatHoldsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    CborCodec<List<Object>> codec = codecs.codecOf(new TypeReference<List<Object>>() {}.getType());
    assertThatThrownBy(() -> codec.encode(list))
        .isInstanceOf(EncodeException.class)
        .hasMessageContaining("java.util.List<java.lang.Object>");
  }

  record Picky(int value) {
    Picky {
      if (value < 0) {
        throw new IllegalStateException("secret value " + value);
      }
    }
  }

  @Test
  void aTypeThatThrowsIsRefusedWithoutItsContentsInTheMessage() {
    byte[] bytes = codecs.<Map<String, Integer>>codecOf(Map.class).encode(Map.of("value", -5));
    assertThatThrownBy(() -> codecs.<Picky>codecOf(Picky.class).decode(bytes))
        .isInstanceOf(DecodeException.class)
        .hasMessageNotContaining("-5")
        .hasStackTraceContaining("secret value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uDC00b"})
  void halfACharacterIsRefused(String value) {
    assertThatThrownBy(() -> codecs.<String>codecOf(String.class).encode(value))
        .isInstanceOf(EncodeException.class);
  }

  @Test
  void theClassOfAnObjectIsNeverTakenFromTheBytes() {
    byte[] bytes =
        codecs
            .<Object>codecOf(Object.class)
            .encode(List.of("java.util.concurrent.atomic.AtomicLong", 5));
    assertThat(codecs.<Object>codecOf(Object.class).decode(bytes)).isInstanceOf(List.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Shape {}

  record Circle(int radius) implements Shape {}

  @Test
  void classesThatAValueNamesComeFromTheGivenClassLoader() {
    List<String> asked = new ArrayList<>();
    ClassLoader recording =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Class<?> loadClass(String name) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name);
          }
        };
    CborCodec<Shape> codec = codecs(recording).codecOf(Shape.class);
    assertThat(codec.decode(codec.encode(new Circle(3)))).isEqualTo(new Circle(3));
    assertThat(asked).contains(Circle.class.getName());
  }

  interface Renamed {
    @JsonProperty("pct")
    int rolloutPercent();
  }

  @Test
  void modulesOfTheApplicationAreHonoured() {
    SimpleModule module = new SimpleModule().setMixInAnnotation(Flag.class, Renamed.class);
    CborCodecs withModule = new CborCodecs(List.of(module), getClass().getClassLoader());
    byte[] bytes = withModule.<Flag>codecOf(Flag.class).encode(new Flag(true, 7, "n"));
    assertThat(codecs.<Map<String, Object>>codecOf(Map.class).decode(bytes))
        .containsEntry("pct", 7);
  }
}
