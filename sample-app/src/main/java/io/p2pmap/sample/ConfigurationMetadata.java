package io.p2pmap.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every configuration property that a library on the class path describes. */
@Component
final class ConfigurationMetadata {

  private static final String FILES = "classpath*:META-INF/spring-configuration-metadata.json";

  private final ResourcePatternResolver resources;
  private final JsonMapper mapper;

  ConfigurationMetadata(ResourcePatternResolver resources, JsonMapper mapper) {
    this.resources = resources;
    this.mapper = mapper;
  }

  /** Reads all files anew; of a property described twice, the first description counts. */
  Map<String, CatalogueEntry> read() throws IOException {
    Map<String, CatalogueEntry> entries = new TreeMap<>();
    for (Resource file : resources.getResources(FILES)) {
      for (Property property : read(file).properties()) {
        entries.putIfAbsent(property.name(), property.toEntry());
      }
    }
    return entries;
  }

  private Document read(Resource file) throws IOException {
    try (InputStream content = file.getInputStream()) {
      return mapper.readValue(content, Document.class);
    }
  }

  private record Document(List<Property> properties) {

    Document {
      properties = properties == null ? List.of() : properties;
    }
  }

  private record Property(
      String name,
      @Nullable String type,
      @Nullable JsonNode defaultValue,
      @Nullable String description) {

    CatalogueEntry toEntry() {
      return new CatalogueEntry(type, text(defaultValue), description);
    }

    private static @Nullable String text(@Nullable JsonNode value) {
      if (value == null || value.isNull()) {
        return null;
      }
      return value.isString() ? value.stringValue() : value.toString();
    }
  }
}
