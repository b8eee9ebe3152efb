package io.p2pmap.sample;

import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Validator of the map {@code flags}, which names it in application.yml. */
@Component
final class FlagRules implements Predicate<FeatureFlag> {

  @Override
  public boolean test(FeatureFlag flag) {
    return objectionTo(flag).isEmpty();
  }

  /** What is wrong with the flag, for people. */
  Optional<String> objectionTo(FeatureFlag flag) {
    return flag.rolloutPercent() >= 0 && flag.rolloutPercent() <= 100
        ? Optional.empty()
        : Optional.of("rolloutPercent must be 0 to 100, but was " + flag.rolloutPercent());
  }
}
