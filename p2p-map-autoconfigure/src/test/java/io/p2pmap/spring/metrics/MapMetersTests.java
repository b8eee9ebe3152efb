package io.p2pmap.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapMetersTests {

  private static final MapSpec<String, String> SPEC =
      MapSpec.of("flags", String.class, String.class);

  private final MapMeters meters = new MapMeters();
  private final ReplicatedMaps node = ReplicatedMaps.builder().instrumentation(meters).build();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aMapThatIsOpenBeforeTheRegistryIsThereGetsMeters() {
    node.open(SPEC).put("k", "v");
    meters.bindTo(registry);
    assertThat(registry.get("p2pmap.entries").tag("map", "flags").gauge().value()).isEqualTo(1);
    assertThat(registry.get("p2pmap.puts").tag("map", "flags").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void aMapThatIsOpenedLaterGetsMetersAndLosesThemWhenItIsClosed() {
    meters.bindTo(registry);
    assertThat(registry.getMeters()).isEmpty();
    node.open(SPEC);
    assertThat(registry.find("p2pmap.entries").gauge()).isNotNull();
    node.close("flags");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aMapThatIsOpenedAgainStartsOver() {
    meters.bindTo(registry);
    node.open(SPEC).put("k", "v");
    node.close("flags");
    ReplicatedMap<String, String> again = node.open(SPEC);
    again.put("k", "v");
    again.put("l", "v");
    assertThat(registry.get("p2pmap.puts").functionCounter().count()).isEqualTo(2);
  }

  @Test
  void theEndOfAMapThatWasReplacedTakesNothingFromItsSuccessor() {
    meters.bindTo(registry);
    ReplicatedMap<String, String> first = node.open(SPEC);
    node.close("flags");
    node.open(SPEC).put("k", "v");
    meters.mapClosed(first);
    assertThat(registry.get("p2pmap.entries").gauge().value()).isEqualTo(1);
  }

  @Test
  void aMapThatIsClosedBeforeItIsToldOfGetsNoMeters() {
    meters.bindTo(registry);
    ReplicatedMap<String, String> map = node.open(SPEC);
    node.close("flags");
    meters.mapOpened(map);
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void everyRegistryHasThem() {
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    MeterRegistry composite = new CompositeMeterRegistry().add(second);
    meters.bindTo(registry);
    node.open(SPEC).put("k", "v");
    meters.bindTo(composite);
    meters.writeArrived("flags", 1_500);
    for (MeterRegistry each : new MeterRegistry[] {registry, second}) {
      assertThat(each.get("p2pmap.entries").gauge().value()).isEqualTo(1);
      assertThat(each.get("p2pmap.replication.lag").timer().totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(1_500);
    }
    node.close();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(second.getMeters()).isEmpty();
  }

  @Test
  void onlyAPersistedMapHasMetersOfItsFiles(@TempDir Path folder) {
    MapMeters own = new MapMeters();
    own.bindTo(registry);
    try (ReplicatedMaps persisting =
        ReplicatedMaps.builder().storageDirectory(folder).instrumentation(own).build()) {
      persisting.open(SPEC);
      assertThat(registry.find("p2pmap.storage.force").timer()).isNull();
      assertThat(registry.find("p2pmap.storage.healthy").gauge()).isNull();
      persisting.open(MapSpec.of("kept", String.class, String.class).persist(true)).put("k", "v");
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          registry.get("p2pmap.storage.force").tag("map", "kept").timer().count())
                      .isPositive());
      assertThat(registry.get("p2pmap.storage.healthy").tag("map", "kept").gauge().value())
          .isEqualTo(1);
      persisting.close("kept");
      assertThat(registry.find("p2pmap.storage.force").timer()).isNull();
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void whatIsMeasuredAtAMapThatIsGoneIsForgotten() {
    meters.bindTo(registry);
    meters.writeArrived("unknown", 1);
    meters.batchSent("unknown", 1, 1);
    assertThat(registry.getMeters()).isEmpty();
  }
}
