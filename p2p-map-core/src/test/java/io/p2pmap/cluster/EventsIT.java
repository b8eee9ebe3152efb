package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What listeners are told, on the node that writes and on another one. */
@ExtendWith(ClusterExtension.class)
class EventsIT {

  private static final int KEYS = 2_000;

  @Test
  void threeQuickPutsOfAKeyAreThreeEventsHereAndInOrderThere(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b");
    RemoteMap writer = nodes.get(0).map(PLAIN);
    RemoteMap reader = nodes.get(1).map(PLAIN);
    writer.subscribe();
    reader.subscribe();

    writer.triples("key", KEYS);

    await().untilAsserted(() -> assertThat(writer.eventCount()).isEqualTo(3 * KEYS));
    assertThat(byKey(writer.events()))
        .hasSize(KEYS)
        .allSatisfy(
            (key, events) ->
                assertThat(events)
                    .containsExactly(
                        put(key, "1", null, "LOCAL"),
                        put(key, "2", "1", "LOCAL"),
                        put(key, "3", "2", "LOCAL")));

    await()
        .untilAsserted(
            () ->
                assertThat(byKey(reader.events()))
                    .hasSize(KEYS)
                    .allSatisfy((key, events) -> assertIsPathTo("3", events)));
    Figures.print(
        "events of %d keys with 3 quick puts each: %d here, %d there (conflated in messages)",
        KEYS, writer.eventCount(), reader.eventCount());
  }

  private static ObservedEvent put(String key, String value, String previous, String origin) {
    return new ObservedEvent("PUT", key, value, previous, origin, "a");
  }

  private static Map<String, List<ObservedEvent>> byKey(List<ObservedEvent> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(ObservedEvent::key, LinkedHashMap::new, Collectors.toList()));
  }

  /** The events lead without a gap, a repeat, or a step back from nothing to {@code last}. */
  private static void assertIsPathTo(String last, List<ObservedEvent> events) {
    String current = null;
    for (ObservedEvent event : events) {
      assertThat(event.previous()).isEqualTo(current);
      assertThat(event.origin()).isEqualTo("REMOTE");
      assertThat(event.writer()).isEqualTo("a");
      if (current != null) {
        assertThat(event.value()).isGreaterThan(current);
      }
      current = event.value();
    }
    assertThat(current).isEqualTo(last);
  }

  @Test
  void equalValuesAndRemovalsOfAbsentKeysAreNoEvents(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b");
    for (NodeProcess node : nodes) {
      node.map(PLAIN).subscribe();
    }
    RemoteMap a = nodes.get(0).map(PLAIN);
    RemoteMap b = nodes.get(1).map(PLAIN);

    a.put("key", "value");
    a.put("key", "value");
    assertThat(a.remove("absent")).isFalse();
    cluster.awaitAgreement(PLAIN);
    b.put("key", "value");
    assertThat(b.remove("absent")).isFalse();
    cluster.awaitAgreement(PLAIN);
    b.put("end", "of test");

    cluster.awaitEverywhere(
        node ->
            assertThat(node.map(PLAIN).events())
                .extracting(ObservedEvent::kind, ObservedEvent::key, ObservedEvent::value)
                .containsExactly(tuple("PUT", "key", "value"), tuple("PUT", "end", "of test")));
  }
}
