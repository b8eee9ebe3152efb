package io.p2pmap;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts validators together. */
final class Validators {

  private static final ValueValidator<Object> NONE = value -> List.of();

  private Validators() {}

  /** Equal if the predicate is, so that specs are. */
  record OfPredicate<V>(Predicate<? super V> predicate) implements ValueValidator<V> {

    @Override
    public List<String> violations(V value) {
      return predicate.test(value) ? List.of() : List.of("its validator says no");
    }
  }

  /** What both find; each may be missing. */
  static <V> ValueValidator<? super V> both(
      @Nullable ValueValidator<? super V> first, @Nullable ValueValidator<? super V> second) {
    if (first == null || second == null) {
      return first != null ? first : second != null ? second : NONE;
    }
    return value ->
        Stream.of(first.violations(value), second.violations(value)).flatMap(List::stream).toList();
  }
}
