package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.cache.CacheProperties;
import io.p2pmap.spring.cache.P2pMapCacheProperties;
import io.p2pmap.spring.web.P2pMapWebProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tools and readers know of the properties: metadata and the table in the README. */
class ConfigurationMetadataTests {

  private static final String MAPS = "p2pmap.maps";
  private static final String ANY_MAP = "p2pmap.maps.<name>.";
  private static final String CACHES = "p2pmap.cache.caches";
  private static final String ANY_CACHE = "p2pmap.cache.caches.<name>.";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern PROPERTY = Pattern.compile("(p2pmap|management\\.endpoint)\\..+");

  private final JsonNode metadata = read("META-INF/spring-configuration-metadata.json");
  private final JsonNode ofAMap = readSource(MapProperties.class);
  private final JsonNode ofACache = readSource(CacheProperties.class);

  @Test
  void everyPropertyHasADescriptionThatReadsLikeSpringBoots() {
    assertThat(described()).isNotEmpty();
    described()
        .forEach(
            (name, property) ->
                assertThat(property.path("description").asString(""))
                    .as(name)
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A "));
  }

  @Test
  void everyBindablePropertyIsDescribed() {
    List<String> bindable = new ArrayList<>();
    collect("p2pmap.", P2pMapProperties.class, bindable);
    collect(ANY_MAP, MapProperties.class, bindable);
    collect("p2pmap.cache.", P2pMapCacheProperties.class, bindable);
    collect(ANY_CACHE, CacheProperties.class, bindable);
    collect("p2pmap.web.", P2pMapWebProperties.class, bindable);
    assertThat(bindable).contains("p2pmap.discovery.static.members", ANY_MAP + "persist");
    assertThat(described()).containsKeys(bindable.toArray(String[]::new));
  }

  @Test
  void toolsFindTheKeysOfAMapThroughTheTypeOfItsProperty() {
    JsonNode maps = described().get(MAPS);
    assertThat(maps.path("type").asString())
        .isEqualTo("java.util.Map<java.lang.String,%s>", MapProperties.class.getName());
  }

  @Test
  void typesAndBeansHaveHints() {
    Map<String, String> providers = new TreeMap<>();
    ofAMap
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
    List<String> expected =
        described().keySet().stream()
            .filter(name -> !name.equals(MAPS) && !name.equals(CACHES))
            .toList();
    assertThat(written).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theReadmeNamesTheDefaults() throws IOException {
    for (Row row : readmeTable()) {
      for (int i = 0; i < row.properties.size(); i++) {
        JsonNode property = described().get(row.properties.get(i));
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

  /** All properties by name, those of a map or a cache as {@code p2pmap.maps.<name>.…}. */
  private Map<String, JsonNode> described() {
    Map<String, JsonNode> properties = new TreeMap<>();
    metadata.path("properties").forEach(p -> properties.put(p.path("name").asString(), p));
    ofAMap.path("properties").forEach(p -> properties.put(ANY_MAP + p.path("name").asString(), p));
    ofACache
        .path("properties")
        .forEach(p -> properties.put(ANY_CACHE + p.path("name").asString(), p));
    return properties;
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

  private record Row(List<String> properties, List<String> defaults) {}

  /** Rows as {@code | `a`, `b` | `default of a`, `default of b` | text |}. */
  private static List<Row> readmeTable() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
      return lines
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.split("\\|"))
          .map(cells -> new Row(code(cells[1]), code(cells[2])))
          .filter(row -> PROPERTY.matcher(row.properties.get(0)).matches())
          .toList();
    }
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static JsonNode readSource(Class<?> type) {
    return read("META-INF/spring/configuration-metadata/%s.json".formatted(type.getName()));
  }

  /** A file of this module; others on the class path have files of that name, too. */
  private static JsonNode read(String path) {
    String module = P2pMapProperties.class.getProtectionDomain().getCodeSource().getLocation() + "";
    try (InputStream file = URI.create(module + path).toURL().openStream()) {
      return JsonMapper.shared().readTree(file.readAllBytes());
    } catch (IOException ex) {
      throw new IllegalStateException("No readable %s of this module".formatted(path), ex);
    }
  }
}
