package io.p2pmap.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.p2pmap.spring.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation and the dashboard say of meters, against those of two real nodes. */
@ExtendWith(TwoApplications.class)
class MetricsDocumentationTests {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern ROW =
      Pattern.compile("\\| `(p2pmap[a-z.]+)` \\| ([^|]+) \\| ([^|]*)\\|.*");
  private static final Pattern METRIC = Pattern.compile("p2pmap_[a-z_]+");

  private final TestApplication b;

  MetricsDocumentationTests(TwoApplications.Pair pair) {
    this.b = pair.b();
  }

  @Test
  void thePageNamesEveryMeterWithItsKindItsUnitAndItsTags() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(DOCS.resolve("metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.add(row.group(1) + ": " + row.group(2) + " by " + tagsIn(row.group(3)));
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(registered()).isEqualTo(documented));
  }

  private static Set<String> tagsIn(String cell) {
    return Pattern.compile("`([a-z]+)`")
        .matcher(cell)
        .results()
        .map(tag -> tag.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> registered() {
    return b.context().getBean(MeterRegistry.class).getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().startsWith("p2pmap.") && !id.getName().endsWith(".active"))
        .map(id -> id.getName() + ": " + kindOf(id) + " by " + tagsOf(id))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String kindOf(Meter.Id id) {
    String kind =
        id.getType() == Meter.Type.DISTRIBUTION_SUMMARY
            ? "summary"
            : id.getType().name().toLowerCase(Locale.ROOT);
    return id.getBaseUnit() == null ? kind : kind + ", " + id.getBaseUnit();
  }

  private static Set<String> tagsOf(Meter.Id id) {
    Set<String> said = isObservation(id) ? Set.of("error") : Set.of("map");
    return id.getTags().stream()
        .map(Tag::getKey)
        .filter(key -> !said.contains(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isObservation(Meter.Id id) {
    return id.getTags().stream().anyMatch(tag -> tag.getKey().equals("error"));
  }

  @Test
  void everyMeterSaysWhatItIs() {
    assertThat(b.context().getBean(MeterRegistry.class).getMeters())
        .extracting(Meter::getId)
        .filteredOn(id -> id.getName().startsWith("p2pmap.") && !isObservation(id))
        .filteredOn(id -> !id.getName().endsWith(".active"))
        .allSatisfy(id -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
  }

  @Test
  void theDashboardAsksOnlyForWhatPrometheusHas() throws Exception {
    Set<String> scraped = new HashSet<>();
    for (String line : b.get("/prometheus").lines().toList()) {
      Matcher metric = METRIC.matcher(line);
      if (metric.lookingAt()) {
        scraped.add(metric.group());
      }
    }
    List<String> expressions = expressions(dashboard());
    assertThat(expressions).hasSizeGreaterThan(15);
    for (String expression : expressions) {
      Set<String> asked =
          METRIC.matcher(expression).results().map(r -> r.group()).collect(Collectors.toSet());
      assertThat(asked).as(expression).isNotEmpty();
      assertThat(scraped).as(expression).containsAll(asked);
    }
  }

  @Test
  void everyPanelOfTheDashboardHasATitleAPlaceAndAnIdOfItsOwn() throws Exception {
    JsonNode dashboard = dashboard();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").intValue())).as(panel.toString()).isTrue();
      assertThat(panel.get("title").stringValue()).isNotBlank();
      JsonNode place = panel.get("gridPos");
      assertThat(place.get("x").intValue() + place.get("w").intValue()).isBetween(1, 24);
      if (!panel.get("type").stringValue().equals("row")) {
        assertThat(panel.get("targets")).as(panel.toString()).isNotEmpty();
      }
    }
    assertThat(dashboard.get("uid").stringValue()).isEqualTo("p2pmap");
  }

  private static JsonNode dashboard() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
  }

  /** Every query, those of the variables too. */
  private static List<String> expressions(JsonNode dashboard) {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.get("expr").stringValue());
      }
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.get("type").stringValue().equals("query")) {
        expressions.add(variable.get("query").stringValue());
      }
    }
    return expressions;
  }
}
