package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.cluster.HistoryRecord.Confirmed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds a planted breach of each promise, and nothing in histories without one. */
class HistoryCheckerTest {

  private static List<Breach> breaches(PlantedRun... runs) {
    return HistoryChecker.breaches(Stream.of(runs).map(PlantedRun::toRun).toList(), false);
  }

  private static void assertOnly(String invariant, PlantedRun... runs) {
    assertThat(breaches(runs)).isNotEmpty().extracting(Breach::invariant).containsOnly(invariant);
  }

  @Test
  void whatIsAsPromisedIsNoBreach() {
    PlantedRun a = new PlantedRun("a.1").puts("own-a.1-1", "a1", 10).puts("shared", "a2", 20);
    a.removes("own-a.1-1", 30).told("shared", "b1", 40).reads("shared", "b1").ends("shared", 40);
    PlantedRun b = new PlantedRun("b.1").told("own-a.1-1", "a1", 10).told("shared", "a2", 20);
    b.told("own-a.1-1", null, 30).puts("shared", "b1", 40).ends("shared", 40);
    assertThat(breaches(a, b)).isEmpty();
  }

  @Test
  void differentContentsBreakConvergence() {
    PlantedRun a = new PlantedRun("a.1").puts("k", "a1", 10).ends("k", 10);
    assertOnly("I1", a, new PlantedRun("b.1").told("k", "a1", 10).ends("k", 11));
  }

  @Test
  void aRemovedValueThatIsToldAgainIsAResurrection() {
    PlantedRun a = new PlantedRun("a.1").puts("k", "a1", 10).removes("k", 20).ends();
    PlantedRun b = new PlantedRun("b.1").told("k", "a1", 10).told("k", null, 20);
    b.told("k", "a1", 10).told("k", null, 20).ends();
    assertOnly("I2", a, b);
  }

  @Test
  void aValueThatEndsAboveItsRemovalIsAResurrection() {
    PlantedRun onlyWriter = new PlantedRun("a.1").puts("k", "a1", 10).removes("k", 20);
    assertOnly("I2", onlyWriter.told("k", "a1", 10).ends("k", 10));
  }

  @Test
  void aContestedValueThatEndsAboveItsRemovalIsAResurrection() {
    PlantedRun a = new PlantedRun("a.1").puts("k", "a1", 10).ends("k", 10);
    PlantedRun b = new PlantedRun("b.1").told("k", "a1", 10).removes("k", 20);
    assertThat(breaches(a, b.told("k", "a1", 10).ends("k", 10)))
        .extracting(Breach::description)
        .anyMatch(description -> description.contains("older than its removal"));
  }

  @Test
  void anAcknowledgedWriteThatIsNowhereIsLost() {
    PlantedRun a = new PlantedRun("a.1").puts("k", "a1", 10);
    a.puts("k", "a2", 20).told("k", "a1", 20).ends("k", 10);
    assertThat(breaches(a)).extracting(Breach::invariant).contains("I3");
  }

  @Test
  void theNewestPutOfAContestedKeyMustNotGetLost() {
    PlantedRun a = new PlantedRun("a.1").puts("k", "a1", 20).told("k", "b1", 20).ends("k", 10);
    PlantedRun b = new PlantedRun("b.1").puts("k", "b1", 10).ends("k", 10);
    assertOnly("I3", a, b);
  }

  @Test
  void aValueThatNobodyWroteIsABreach() {
    assertOnly("I3", new PlantedRun("a.1").told("k", "x", 10).ends("k", 10));
  }

  @Test
  void whatADeadRunWroteMustSurviveOnlyIfASurvivorKnewIt() {
    PlantedRun dead = new PlantedRun("a.1").puts("k", "a1", 10).puts("k", "a2", 20);
    PlantedRun knew = new PlantedRun("b.1").told("k", "a1", 10).ends("k", 10);
    assertThat(breaches(dead, knew)).isEmpty();
    PlantedRun lost = new PlantedRun("b.1").told("k", "a1", 10).told("k", null, 15).ends();
    assertOnly("I3", dead, lost);
  }

  @Test
  void confirmedWritesOfADeadRunMustSurviveIfAskedFor() {
    PlantedRun dead = new PlantedRun("a.1").puts("k", "a1", 10).adds(new Confirmed(1));
    List<NodeRun> runs = List.of(dead.toRun(), new PlantedRun("b.1").ends().toRun());
    assertThat(HistoryChecker.breaches(runs, false)).isEmpty();
    assertThat(HistoryChecker.breaches(runs, true)).extracting(Breach::invariant).contains("I3");
  }

  @Test
  void readingAnOlderValueThanTheOwnOneBreaksTheSession() {
    PlantedRun a = new PlantedRun("a.1").puts("own-a.1-k", "a1", 10).puts("own-a.1-k", "a2", 20);
    assertOnly("I4", a.reads("own-a.1-k", "a1").ends("own-a.1-k", 20));
  }

  @Test
  void readingAnOlderValueAfterANewerOneBreaksTheSession() {
    PlantedRun b = new PlantedRun("b.1").puts("k", "b1", 10).puts("k", "b2", 20);
    b.ends("k", 20);
    PlantedRun a = new PlantedRun("a.1").told("k", "b1", 10).told("k", "b2", 20);
    a.reads("k", "b1").reads("k", "b2").reads("k", "b1").ends("k", 20);
    assertOnly("I4", a, b);
  }

  @Test
  void anEventThatStepsBackInTimeBreaksTheSession() {
    PlantedRun b = new PlantedRun("b.1").puts("k", "b1", 20).ends("k", 20);
    PlantedRun c = new PlantedRun("c.1").puts("k", "c1", 30).told("k", "b1", 20).ends("k", 20);
    assertThat(breaches(b, c)).extracting(Breach::invariant).contains("I4");
  }

  static Stream<PlantedRun> brokenPaths() {
    return Stream.of(
        new PlantedRun("a.1").puts("k", "a1", 10).toldWith("k", "a1", "a0", 20).ends("k", 10),
        new PlantedRun("a.1").puts("k", "a1", 10).toldWith("k", "a1", "a1", 10).ends("k", 10),
        new PlantedRun("a.1").puts("k", "a1", 10).ends());
  }

  @ParameterizedTest
  @MethodSource("brokenPaths")
  void eventsThatAreNoPathToTheContentsAreABreach(PlantedRun run) {
    assertThat(breaches(run)).extracting(Breach::invariant).contains("I5");
  }

  @Test
  void moreThanTwoTransfersAPairAreABreach() {
    PairTransfers before = new PairTransfers(Map.of("a-b", 3L, "b-c", 1L));
    PairTransfers six = new PairTransfers(Map.of("a-b", 6L, "a-c", 2L, "b-c", 2L));
    PairTransfers seven = new PairTransfers(Map.of("a-b", 6L, "b-c", 5L));
    assertThat(HistoryChecker.transferBreaches(six.since(before), 3)).isEmpty();
    assertThat(HistoryChecker.transferBreaches(seven.since(before), 3))
        .extracting(Breach::invariant)
        .containsExactly("I10");
  }

  @Test
  void recordsAreReadAsTheyWereWritten() {
    NodeRun run =
        new PlantedRun("a.1").puts("k ü", "v", 10).removes("k ü", 20).reads("k ü", null).toRun();
    assertThat(run.records())
        .isNotEmpty()
        .allSatisfy(record -> assertThat(HistoryRecord.parse(record.toLine())).contains(record));
    assertThat(HistoryRecord.parse("event k")).isEqualTo(Optional.empty());
    assertThat(Instant.ofEpochMilli(10)).isEqualTo(PlantedRun.at(10));
  }
}
