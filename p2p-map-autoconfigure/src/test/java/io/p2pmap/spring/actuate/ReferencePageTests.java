package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapEvent;
import io.p2pmap.NodeEvent;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.ReferencePage;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.spring.event.MapEventListener;
import io.p2pmap.test.spring.InMemoryReplicatedMaps;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.info.Info;

/** What docs/reference.md says of everything but properties, against the code. */
class ReferencePageTests {

  /** Details of health that are there only when something is wrong. */
  private static final Set<String> IN_TROUBLE = Set.of("partitionedSince", "missing");

  @Test
  void everyEventIsThereWithItsComponents() throws Exception {
    Map<String, List<String>> expected = new HashMap<>();
    Stream.of(MapEvent.class, NodeEvent.class)
        .flatMap(ReferencePageTests::records)
        .forEach(event -> expected.put(nameOf(event), componentsOf(event)));
    assertThat(codeByCode("Application events")).isEqualTo(expected);
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(ReferencePageTests::records);
  }

  private static String nameOf(Class<?> event) {
    return event.getDeclaringClass().getSimpleName() + "." + event.getSimpleName();
  }

  @Test
  void everyAnnotationIsThereWithItsAttributes() throws Exception {
    assertThat(codeByCode("Annotations"))
        .containsOnlyKeys("@MapEventListener", "@InMemoryReplicatedMaps")
        .allSatisfy(
            (name, attributes) ->
                assertThat(attributes)
                    .containsExactlyInAnyOrderElementsOf(
                        attributesOf(
                            name.equals("@MapEventListener")
                                ? MapEventListener.class
                                : InMemoryReplicatedMaps.class)));
  }

  private static List<String> attributesOf(Class<? extends Annotation> annotation) {
    return Arrays.stream(annotation.getDeclaredMethods()).map(Method::getName).toList();
  }

  @Test
  void everyRequestIsThereWithItsParameters() throws Exception {
    Map<String, List<String>> expected = new HashMap<>();
    for (Method operation : P2pMapEndpoint.class.getDeclaredMethods()) {
      if (operation.isAnnotationPresent(ReadOperation.class)) {
        expected.put("GET " + pathOf(operation), parametersOf(operation));
      } else if (operation.isAnnotationPresent(DeleteOperation.class)) {
        expected.put("DELETE " + pathOf(operation), parametersOf(operation));
      }
    }
    assertThat(expected).hasSize(4);
    assertThat(codeByCode("Endpoint")).isEqualTo(expected);
  }

  private static String pathOf(Method operation) {
    StringBuilder path = new StringBuilder("/actuator/p2pmap");
    for (Parameter parameter : operation.getParameters()) {
      if (parameter.isAnnotationPresent(Selector.class)) {
        path.append("/{").append(parameter.getName()).append("}");
      }
    }
    return path.toString();
  }

  private static List<String> parametersOf(Method operation) {
    return Arrays.stream(operation.getParameters())
        .filter(parameter -> !parameter.isAnnotationPresent(Selector.class))
        .map(Parameter::getName)
        .toList();
  }

  @Test
  void everyAnswerIsThereWithItsFields() throws Exception {
    Map<String, List<String>> documented = new HashMap<>();
    for (List<String> row : ReferencePage.rows("Answers")) {
      documented.put(row.get(0), ReferencePage.code(row.get(1)));
    }
    assertThat(documented)
        .isEqualTo(
            Map.of(
                "Node", componentsOf(NodeDescriptor.class),
                "Map of a node", componentsOf(NodeDescriptor.MapDescriptor.class),
                "Other node of a map", componentsOf(NodeDescriptor.AgreementDescriptor.class),
                "Page of entries", componentsOf(PageDescriptor.class),
                "Entry", componentsOf(EntryDescriptor.class),
                "Page of removals", componentsOf(RemovedPageDescriptor.class),
                "Removal", componentsOf(RemovedPageDescriptor.RemovedDescriptor.class)));
  }

  private static List<String> componentsOf(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void everyDetailOfHealthAndInfoIsThere(@TempDir Path directory) {
    TestContexts.runner()
        .withPropertyValues(
            TestContexts.FLAGS,
            "p2pmap.maps.flags.persist=true",
            "p2pmap.storage.directory=" + directory)
        .run(
            context -> {
              Set<String> ofNode = HealthDetails.ofNode(context).getDetails().keySet();
              assertThat(healthDetails("node")).isEqualTo(union(ofNode, IN_TROUBLE));
              assertThat(healthDetails("maps.<name>"))
                  .isEqualTo(HealthDetails.details(context, "flags").keySet());
              Info.Builder info = new Info.Builder();
              new P2pMapInfoContributor(context.getBean(ReplicatedMaps.class)).contribute(info);
              Set<?> keys = info.build().get("p2pmap", Map.class).keySet();
              assertThat(codeByCode("Info").keySet()).isEqualTo(union(keys, Set.of("version")));
            });
  }

  private static Set<Object> union(Set<?> some, Set<?> others) {
    Set<Object> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> healthDetails(String component) throws Exception {
    Set<String> details = new TreeSet<>();
    for (List<String> row : ReferencePage.rows("Health")) {
      if (ReferencePage.code(row.get(0)).equals(List.of(component))) {
        details.addAll(ReferencePage.code(row.get(1)));
      }
    }
    return details;
  }

  /** Of each row what the first cell names, and what the second one does. */
  private static Map<String, List<String>> codeByCode(String heading) throws Exception {
    Map<String, List<String>> named = new HashMap<>();
    for (List<String> row : ReferencePage.rows(heading)) {
      named.put(ReferencePage.code(row.get(0)).get(0), ReferencePage.code(row.get(1)));
    }
    return named;
  }
}
