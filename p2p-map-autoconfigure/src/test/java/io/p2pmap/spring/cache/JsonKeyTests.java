package io.p2pmap.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.interceptor.SimpleKey;

class JsonKeyTests {

  static Object[][] keys() {
    return new Object[][] {
      {"a", "\"a\""},
      {"a\"b", "\"a\\\"b\""},
      {42, "42"},
      {42L, "42"},
      {"42", "\"42\""},
      {new BigDecimal("1.50"), "1.50"},
      {true, "true"},
      {'c', "\"c\""},
      {TimeUnit.DAYS, "\"DAYS\""},
      {Locale.GERMANY, "\"de-DE\""},
      {new UUID(1, 2), "\"00000000-0000-0001-0000-000000000002\""},
      {LocalDate.of(2026, 1, 2), "\"2026-01-02\""},
      {Duration.ofSeconds(90), "\"PT1M30S\""},
      {List.of("a", 1, List.of()), "[\"a\",1,[]]"},
      {Arrays.asList("a", null), "[\"a\",null]"},
      {SimpleKey.EMPTY, "[]"},
    };
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isTheKeyAsJson(Object key, String text) {
    assertThat(JsonKey.of(key, "books")).isEqualTo(text);
  }

  @Test
  void partsAreToldApart() {
    assertThat(JsonKey.of(List.of("a, b", "c"), "books"))
        .isNotEqualTo(JsonKey.of(List.of("a", "b, c"), "books"));
  }

  @Test
  void whatHasNoTextIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonKey.of(new Object(), "books"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonKey.of(List.of(new byte[1]), "books"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonKey.of(new SimpleKey("a", "b"), "books"));
  }
}
