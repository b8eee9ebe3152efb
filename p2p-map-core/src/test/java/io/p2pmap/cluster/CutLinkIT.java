package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cable is pulled in the middle of heavy writing. */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class CutLinkIT {

  private static final int VALUE_LENGTH = 5_000;

  /**
   * What is sent to the lost node fills the buffers of its connection within seconds, and whoever
   * writes to that connection stands still. That must be nobody whom the others need.
   */
  @Test
  void theSurvivorsStayTogetherAndNoPutWaits(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    NodeProcess a = faulty.node("a");
    NodeProcess b = faulty.node("b");
    faulty.work(200, VALUE_LENGTH, 50);

    long cutMillis = System.currentTimeMillis();
    faulty.network().split(List.of("a", "b"), List.of("c"));
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              assertThat(a.members()).contains("a", "b");
              assertThat(b.members()).contains("a", "b");
              assertThat(a.members().size() + b.members().size())
                  .as("members in both views")
                  .isEqualTo(4);
            });
    long expelledMillis = System.currentTimeMillis();
    Duration longest = faulty.stopWork();
    Duration lag = longestLag(cluster, cutMillis, expelledMillis);
    PairTransfers before = faulty.transfers();
    Duration healed = faulty.heal();
    PairTransfers transfers = faulty.transfers().since(before);
    Figures.print(
        "cut at 3 x 200 writes/s of %d bytes (%s): views after %d ms, lag between survivors up to %s,"
            + " longest call %s, same again %s after the heal by transfers %s",
        VALUE_LENGTH,
        faulty.network().getClass().getSimpleName(),
        expelledMillis - cutMillis,
        Figures.millis(lag),
        Figures.millis(longest),
        Figures.millis(healed),
        transfers.counts());
    assertThat(HistoryChecker.transferBreaches(transfers, 3)).isEmpty();
    faulty.check();
  }

  /** The longest time from a write on one survivor to its event on the other. */
  private static Duration longestLag(Cluster cluster, long fromMillis, long toMillis) {
    List<String> survivors = List.of("a.1", "b.1");
    long longest =
        cluster.runs(PLAIN).stream()
            .filter(run -> survivors.contains(run.name()))
            .flatMap(run -> run.all(HistoryRecord.Event.class).stream())
            .filter(event -> !event.isLocal() && event.value() != null)
            .filter(event -> survivors.contains(event.value().split("/", 2)[0]))
            .filter(e -> e.writtenAtMillis() >= fromMillis && e.writtenAtMillis() <= toMillis)
            .mapToLong(event -> event.toldAtMillis() - event.writtenAtMillis())
            .max()
            .orElseThrow();
    return Duration.ofMillis(longest);
  }
}
