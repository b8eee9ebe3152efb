package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueValidatorTest {

  private static final MapSpec<String, Integer> NUMBERS =
      MapSpec.of("numbers", String.class, Integer.class);
  private static final ValueValidator<Integer> SMALL =
      value -> value < 10 ? List.of() : List.of("must be less than 10");
  private static final ValueValidator<Integer> EVEN_AND_NEAR =
      value -> value % 2 == 0 ? List.of() : List.of("must be even", "must not be " + value);

  private final MemoryCluster cluster = new MemoryCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void everyViolationIsNamed() {
    ReplicatedMap<String, Integer> numbers =
        cluster.node("a").open(NUMBERS.valueValidator(EVEN_AND_NEAR));
    numbers.put("even", 4);
    InvalidValueException refused =
        catchThrowableOfType(InvalidValueException.class, () -> numbers.put("odd", 3));
    assertThat(refused.violations()).containsExactly("must be even", "must not be 3");
    assertThat(refused)
        .hasMessage("Map 'numbers' refuses the value of key 'odd': must be even; must not be 3");
    assertThat(numbers.asMap()).containsOnlyKeys("even");
  }

  @Test
  void aPredicateHasOneReason() {
    ReplicatedMap<String, Integer> numbers =
        cluster.node("a").open(NUMBERS.validator(value -> value < 10));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> numbers.put("big", 10))
        .satisfies(
            refused -> assertThat(refused.violations()).containsExactly("its validator says no"));
  }

  @Test
  void specsWithOnePredicateAreEqual() {
    Predicate<Integer> small = value -> value < 10;
    assertThat(NUMBERS.validator(small)).isEqualTo(NUMBERS.validator(small));
    assertThat(NUMBERS.validator(small)).isNotEqualTo(NUMBERS.validator(value -> value < 10));
  }

  @Test
  void aValidatorOfTheTypeHoldsBesideTheOneOfTheMap() {
    List<Type> asked = new CopyOnWriteArrayList<>();
    ReplicatedMaps node =
        cluster.node(
            "a",
            builder ->
                builder.valueValidators(
                    type -> {
                      asked.add(type);
                      return type == Integer.class
                          ? Optional.of(value -> SMALL.violations((Integer) value))
                          : Optional.empty();
                    }));
    ReplicatedMap<String, Integer> numbers = node.open(NUMBERS.valueValidator(EVEN_AND_NEAR));
    ReplicatedMap<String, String> texts =
        node.open(MapSpec.of("texts", String.class, String.class));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> numbers.put("both", 11))
        .satisfies(
            refused ->
                assertThat(refused.violations())
                    .containsExactly("must be even", "must not be 11", "must be less than 10"));
    numbers.put("neither", 8);
    texts.put("any", "text");
    assertThat(asked).containsExactly(Integer.class, String.class);
  }

  @Test
  void whatAnotherNodeAcceptsIsHiddenHereAndCounted() {
    ReplicatedMaps lenient = cluster.started("lenient");
    ReplicatedMaps strict = cluster.started("strict");
    ReplicatedMap<String, Integer> theirs = lenient.open(NUMBERS);
    ReplicatedMap<String, Integer> ours = strict.open(NUMBERS.valueValidator(SMALL));
    theirs.put("big", 11);
    theirs.put("small", 1);
    await().untilAsserted(() -> assertThat(ours.get("small")).isEqualTo(1));
    assertThat(ours.get("big")).isNull();
    assertThat(ours.status().hiddenEntries()).isEqualTo(1);
    assertThat(theirs.get("big")).isEqualTo(11);
  }
}
