package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.ReferencePage;
import io.p2pmap.spring.cache.CacheProperties;
import io.p2pmap.spring.cache.P2pMapCacheProperties;
import io.p2pmap.spring.web.P2pMapWebProperties;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.JsonNode;

/** What tools and readers know of the properties: metadata, README, and reference. */
class ConfigurationMetadataTests {

  private static final Pattern PROPERTY = Pattern.compile("(p2pmap|management\\.endpoint)\\..+");

  private final DescribedProperties metadata = new DescribedProperties();

  @Test
  void everyPropertyHasADescriptionThatReadsLikeSpringBoots() {
    assertThat(metadata.all()).isNotEmpty();
    metadata
        .all()
        .forEach(
            (name, property) ->
                assertThat(property.path("description").asString(""))
                    .as(name)
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ")
                    .doesNotStartWith("Metadata "));
  }

  @Test
  void everyBindablePropertyIsDescribed() {
    List<String> bindable = new ArrayList<>();
    collect("p2pmap.", P2pMapProperties.class, bindable);
    collect(DescribedProperties.ANY_MAP, MapProperties.class, bindable);
    collect("p2pmap.cache.", P2pMapCacheProperties.class, bindable);
    collect(DescribedProperties.ANY_CACHE, CacheProperties.class, bindable);
    collect("p2pmap.web.", P2pMapWebProperties.class, bindable);
    assertThat(bindable)
        .contains("p2pmap.discovery.static.members", DescribedProperties.ANY_MAP + "persist");
    assertThat(metadata.all()).containsKeys(bindable.toArray(String[]::new));
  }

  @Test
  void toolsFindTheKeysOfAMapThroughTheTypeOfItsProperty() {
    JsonNode maps = metadata.all().get(DescribedProperties.MAPS);
    assertThat(maps.path("type").asString())
        .isEqualTo("java.util.Map<java.lang.String,%s>", MapProperties.class.getName());
  }

  @Test
  void typesAndBeansHaveHints() {
    Map<String, String> providers = new TreeMap<>();
    metadata
        .ofAMap()
        .path("hints")
        .forEach(
            hint ->
                providers.put(
                    hint.path("name").asString(),
                    hint.path("providers").path(0).path("name").asString()));
    assertThat(providers)
        .containsEntry("value-type", "class-reference")
        .containsEntry("key-type", "class-reference")
        .containsEntry("validator", "spring-bean-reference");
  }

  @Test
  void theReadmeNamesEveryPropertyAndNoOther() throws IOException {
    List<String> written = readmeTable().stream().flatMap(row -> row.properties.stream()).toList();
    assertThat(written)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(metadata.settable().keySet());
  }

  @Test
  void theReadmeNamesTheDefaults() throws IOException {
    for (Row row : readmeTable()) {
      for (int i = 0; i < row.properties.size(); i++) {
        JsonNode property = metadata.all().get(row.properties.get(i));
        JsonNode value = property.path("defaultValue");
        boolean isText = property.path("type").asString().equals("java.lang.String");
        if (value.isValueNode()) {
          assertThat(row.defaults.get(i))
              .as(row.properties.get(i))
              .isEqualTo(isText ? value.asString() : value.asString().replace('_', '-'));
        }
      }
    }
  }

  private static void collect(String prefix, Class<?> type, List<String> properties) {
    for (RecordComponent component : type.getRecordComponents()) {
      String property = prefix + nameOf(type, component.getName());
      if (component.getType().isRecord()) {
        collect(property + ".", component.getType(), properties);
      } else {
        properties.add(property);
      }
    }
  }

  private static String nameOf(Class<?> type, String component) {
    Field field = Objects.requireNonNull(ReflectionUtils.findField(type, component));
    Name name = field.getAnnotation(Name.class);
    return name != null ? name.value() : DataObjectPropertyName.toDashedForm(component);
  }

  @Test
  void theReferenceSaysOfEveryPropertyWhatToolsSay() throws Exception {
    List<List<String>> expected = new ArrayList<>();
    metadata.settable().forEach((name, property) -> expected.add(referenceRow(name, property)));
    assertThat(ReferencePage.rows("Properties")).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> referenceRow(String name, JsonNode property) {
    JsonNode value = property.path("defaultValue");
    String type = property.path("type").asString();
    boolean isText = type.equals("java.lang.String");
    String text = isText ? value.asString("") : value.asString("").replace('_', '-');
    return List.of(
        "`" + name + "`",
        typeOrValues(type),
        text.isEmpty() ? "" : "`" + text + "`",
        property.path("description").asString());
  }

  private static String typeOrValues(String type) {
    Class<?> found = ClassUtils.resolveClassName(type.replaceFirst("<.*", ""), null);
    if (!found.isEnum()) {
      return "`" + type.replaceAll("\\b[a-z]\\w*\\.", "") + "`";
    }
    return Arrays.stream(found.getEnumConstants())
        .map(value -> "`" + ((Enum<?>) value).name().toLowerCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(", "))
        .replace('_', '-');
  }

  private record Row(List<String> properties, List<String> defaults) {}

  /** Rows as {@code | `a`, `b` | `default of a`, `default of b` | text |}. */
  private static List<Row> readmeTable() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
      return lines
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.split("\\|"))
          .map(cells -> new Row(ReferencePage.code(cells[1]), ReferencePage.code(cells[2])))
          .filter(row -> PROPERTY.matcher(row.properties.get(0)).matches())
          .toList();
    }
  }
}
