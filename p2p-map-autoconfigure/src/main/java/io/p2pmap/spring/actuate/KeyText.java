package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMap;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;

/**
 * Keys as they are written in URLs. A string, number, enum or UUID is converted; any other key is
 * found by how it prints, at the cost of a look at every key.
 */
final class KeyText {

  private static final ConversionService CONVERSION =
      ApplicationConversionService.getSharedInstance();

  private KeyText() {}

  static String print(Object key) {
    return key instanceof Enum<?> constant ? constant.name() : key.toString();
  }

  /** The key that {@code text} stands for, if it is in the map. */
  static <K> Optional<K> find(ReplicatedMap<K, ?> map, String text) {
    // Keys of one map have one type, and a map without a key has no key to find.
    Optional<K> sample = map.asMap().keySet().stream().findFirst();
    return sample.flatMap(key -> isConvertible(key) ? convert(map, key, text) : search(map, text));
  }

  private static boolean isConvertible(Object key) {
    return key instanceof String
        || key instanceof Number
        || key instanceof Enum<?>
        || key instanceof UUID;
  }

  @SuppressWarnings("unchecked") // the sample is a key of the map
  private static <K> Optional<K> convert(ReplicatedMap<K, ?> map, K sample, String text) {
    try {
      return Optional.ofNullable((K) CONVERSION.convert(text, sample.getClass()))
          .filter(map::containsKey);
    } catch (ConversionException ex) {
      return Optional.empty();
    }
  }

  private static <K> Optional<K> search(ReplicatedMap<K, ?> map, String text) {
    return map.asMap().keySet().stream().filter(key -> print(key).equals(text)).findFirst();
  }
}
