package io.p2pmap.spring.autoconfigure;

import io.p2pmap.spring.cache.CacheProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration metadata of this module. */
final class DescribedProperties {

  static final String MAPS = "p2pmap.maps";
  static final String ANY_MAP = "p2pmap.maps.<name>.";
  static final String CACHES = "p2pmap.cache.caches";
  static final String ANY_CACHE = "p2pmap.cache.caches.<name>.";

  private final JsonNode metadata = read("META-INF/spring-configuration-metadata.json");
  private final JsonNode ofAMap = readSource(MapProperties.class);
  private final JsonNode ofACache = readSource(CacheProperties.class);

  /** All properties by name, those of a map or a cache as {@code p2pmap.maps.<name>.…}. */
  Map<String, JsonNode> all() {
    Map<String, JsonNode> properties = new TreeMap<>();
    metadata.path("properties").forEach(p -> properties.put(p.path("name").asString(), p));
    ofAMap.path("properties").forEach(p -> properties.put(ANY_MAP + p.path("name").asString(), p));
    ofACache
        .path("properties")
        .forEach(p -> properties.put(ANY_CACHE + p.path("name").asString(), p));
    return properties;
  }

  /** Those that somebody can write: not the two that only hold others. */
  Map<String, JsonNode> settable() {
    Map<String, JsonNode> properties = all();
    properties.remove(MAPS);
    properties.remove(CACHES);
    return properties;
  }

  JsonNode ofAMap() {
    return ofAMap;
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
