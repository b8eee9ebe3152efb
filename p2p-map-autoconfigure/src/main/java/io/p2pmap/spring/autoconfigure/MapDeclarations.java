package io.p2pmap.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The maps that the properties declare, by the names as they are written there.
 *
 * <p>Spring Boot takes {@code feature-flags}, {@code featureFlags} and {@code featureflags} for one
 * property, but a map name has one spelling. The spelling without separators is all that an
 * environment variable can say, so it gives way to another one; two others are a mistake.
 */
final class MapDeclarations {

  private static final String PREFIX = "p2pmap.maps";
  private static final Pattern UNIFORM = Pattern.compile("[a-z0-9]+");
  private static final Pattern RELAXED = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern DASH = Pattern.compile("-([a-z0-9])");

  /** What can be said about a map, in the order of its record. */
  private static final List<String> KEYS =
      Arrays.stream(MapProperties.class.getRecordComponents())
          .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
          .toList();

  private MapDeclarations() {}

  static Map<String, MapProperties> read(Environment environment) {
    Map<String, MapProperties> declared = bind(environment);
    Map<String, List<String>> spellings = new TreeMap<>();
    declared.keySet().stream()
        .sorted()
        .forEach(
            name -> spellings.computeIfAbsent(uniform(name), key -> new ArrayList<>()).add(name));
    Map<String, MapProperties> result = new LinkedHashMap<>();
    spellings.values().stream()
        .map(MapDeclarations::choose)
        .forEach(name -> result.put(name, declared.get(name)));
    return result;
  }

  private static Map<String, MapProperties> bind(Environment environment) {
    try {
      return Binder.get(environment)
          .bind(
              PREFIX,
              Bindable.mapOf(String.class, MapProperties.class),
              new NoUnboundElementsBindHandler(BindHandler.DEFAULT, MapDeclarations::isWritten))
          .orElseGet(Map::of);
    } catch (BindException ex) {
      if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
        throw unknown(unbound);
      }
      throw ex;
    }
  }

  /** Whoever runs a process may put anything into its environment, so nothing there is a typo. */
  private static boolean isWritten(ConfigurationPropertySource source) {
    return !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
  }

  private static InvalidSettingException unknown(UnboundConfigurationPropertiesException unbound) {
    return new InvalidSettingException(
        "There is no property %s."
            .formatted(
                unbound.getUnboundProperties().stream()
                    .map(property -> "'%s' (%s)".formatted(property.getName(), originOf(property)))
                    .sorted()
                    .collect(Collectors.joining(" or "))),
        "Correct or remove it. A map has %s. A map name with dots is written in brackets, as in"
                .formatted(String.join(", ", KEYS))
            + " p2pmap.maps[a.b].value-type.");
  }

  private static String originOf(ConfigurationProperty property) {
    Origin origin = property.getOrigin();
    return origin != null ? origin.toString() : "value '%s'".formatted(property.getValue());
  }

  /** Property of this map, written so that it can be copied. */
  static String propertyOf(String name) {
    return RELAXED.matcher(name).matches() ? PREFIX + "." + name : PREFIX + "[" + name + "]";
  }

  /** Turns {@code feature-flags} into {@code featureFlags}. */
  static String toCamelCase(String name) {
    return DASH.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private static String choose(List<String> spellings) {
    List<String> written =
        spellings.stream().filter(name -> !UNIFORM.matcher(name).matches()).toList();
    if (written.size() > 1) {
      throw new InvalidSettingException(
          "Properties '%s' declare one map under different spellings of its name."
              .formatted(
                  String.join(
                      "' and '", written.stream().map(MapDeclarations::propertyOf).toList())),
          "Use one spelling everywhere, or give the maps names that differ in more than case and"
              + " separators.");
    }
    return written.isEmpty() ? spellings.get(0) : written.get(0);
  }

  /** Equal for names that are equal as properties; a name in brackets equals only itself. */
  private static String uniform(String name) {
    return RELAXED.matcher(name).matches()
        ? name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT)
        : "[" + name + "]";
  }
}
