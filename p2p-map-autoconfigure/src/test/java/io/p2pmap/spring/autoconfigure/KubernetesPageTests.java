package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests in {@code docs/kubernetes.md} are YAML, and name what exists. */
class KubernetesPageTests {

  private static final Path PAGE = Path.of("..", "docs", "kubernetes.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final List<Map<String, Object>> manifests = manifests();

  @Test
  void everyManifestIsAnObjectWithAName() {
    assertThat(manifests)
        .extracting(manifest -> manifest.get("kind"))
        .containsExactly(
            "Secret", "Service", "Service", "Deployment", "NetworkPolicy", "StatefulSet");
    assertThat(manifests)
        .allSatisfy(
            manifest -> {
              assertThat(manifest).containsKeys("apiVersion", "metadata");
              assertThat(at(manifest, "metadata.name")).isInstanceOf(String.class);
            });
  }

  @Test
  void everyPropertyExists() throws IOException {
    Set<String> named = new TreeSet<>();
    environments().forEach(variable -> named.add(String.valueOf(variable.get("name"))));
    named.removeIf(name -> !name.startsWith("P2PMAP_"));

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(known()).containsAll(named);
  }

  @Test
  void podsFindEachOtherByTheHeadlessService() {
    Map<String, Object> service = named("shop-nodes");
    Map<String, Object> deployment = of("Deployment");
    assertThat(at(service, "spec.clusterIP")).isEqualTo("None");
    assertThat(at(service, "spec.publishNotReadyAddresses")).isEqualTo(true);
    assertThat(at(service, "spec.selector"))
        .isEqualTo(at(deployment, "spec.template.metadata.labels"));
    assertThat(environments())
        .contains(
            Map.of("name", "P2PMAP_DISCOVERY_TYPE", "value", "dns"),
            Map.of(
                "name", "P2PMAP_DISCOVERY_DNS_QUERY",
                "value", "shop-nodes.$(POD_NAMESPACE).svc.cluster.local"));
    assertThat(at(of("StatefulSet"), "spec.serviceName")).isEqualTo("shop-nodes");
  }

  @Test
  void theSecretThatIsReadExists() {
    Map<String, Object> secret = of("Secret");
    Map<?, ?> reference =
        environments().stream()
            .map(variable -> at(variable, "valueFrom.secretKeyRef"))
            .filter(Map.class::isInstance)
            .map(Map.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(reference.get("name")).isEqualTo(at(secret, "metadata.name"));
    assertThat(asMap(secret.get("stringData"))).containsKey(String.valueOf(reference.get("key")));
  }

  private Map<String, Object> of(String kind) {
    return manifests.stream().filter(m -> kind.equals(m.get("kind"))).findFirst().orElseThrow();
  }

  private Map<String, Object> named(String name) {
    return manifests.stream()
        .filter(manifest -> name.equals(at(manifest, "metadata.name")))
        .findFirst()
        .orElseThrow();
  }

  /** Every variable of every container. */
  private List<Map<String, Object>> environments() {
    List<Map<String, Object>> variables = new ArrayList<>();
    for (String kind : List.of("Deployment", "StatefulSet")) {
      for (Object container : (List<?>) at(of(kind), "spec.template.spec.containers")) {
        for (Object variable : (List<?>) at(asMap(container), "env")) {
          variables.add(asMap(variable));
        }
      }
    }
    return variables;
  }

  private static Object at(Map<String, Object> map, String path) {
    Object value = map;
    for (String key : path.split("\\.")) {
      value = value instanceof Map<?, ?> inner ? inner.get(key) : null;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // keys of a manifest are texts
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }

  /** The variable that sets each property, as Spring Boot spells them. */
  private static Set<String> known() throws IOException {
    try (InputStream json =
        P2pMapProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return JsonMapper.shared()
          .readTree(json)
          .get("properties")
          .valueStream()
          .map(property -> variable(property))
          .collect(Collectors.toSet());
    }
  }

  private static String variable(JsonNode property) {
    return property
        .get("name")
        .asString()
        .replace("-", "")
        .replace('.', '_')
        .toUpperCase(Locale.ROOT);
  }

  private static List<Map<String, Object>> manifests() {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    List<Map<String, Object>> manifests = new ArrayList<>();
    try {
      Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
      while (blocks.find()) {
        yaml.loadAll(blocks.group(1)).forEach(manifest -> manifests.add(asMap(manifest)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return manifests;
  }
}
