package io.p2pmap.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.View;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeparturesTest {

  private final Departures departures = new Departures();
  private final Peer self = peer("self");
  private final Peer b = peer("b");
  private final Peer c = peer("c");

  @Test
  void whoLeavesWithAGoodbyeIsNotMissed() {
    view(0, b, c);
    departures.saidGoodbye(b.id());
    view(1);
    assertThat(missing(1)).containsExactly("c");
  }

  @Test
  void aGoodbyeCountsOnce() {
    view(0, b);
    departures.saidGoodbye(b.id());
    view(1);
    view(2, b);
    view(3);
    assertThat(missing(3)).containsExactly("b");
  }

  @Test
  void theGoodbyeOfAStrangerIsNotKept() {
    departures.saidGoodbye(b.id());
    view(0, b);
    view(1);
    assertThat(missing(1)).containsExactly("b");
  }

  @Test
  void aNodeOfTheSameNameIsTheSameOneAgain() {
    view(0, b);
    view(1);
    view(2, peer("b"));
    assertThat(missing(2)).isEmpty();
  }

  @Test
  void whoWasSeenAliveUnderThatNameAllTheTimeIsNotMissed() {
    view(0, b, peer("b"));
    Peer other = peer("b");
    view(1, other);
    assertThat(missing(1)).isEmpty();
  }

  @Test
  void nobodyIsMissedForLongerThanAnHour() {
    view(0, b);
    view(5);
    long hour = Duration.ofHours(1).toMillis();
    assertThat(missing(5 + hour)).containsExactly("b");
    assertThat(missing(6 + hour)).isEmpty();
  }

  @Test
  void onlySoManyAreRemembered() {
    for (int i = 0; i < 150; i++) {
      view(i, peer("n" + i));
    }
    assertThat(missing(150)).hasSize(100).doesNotContain("n0").contains("n148");
  }

  @Test
  void aNameIsKnownAfterItsNodeHasLeft() {
    view(0, b);
    departures.saidGoodbye(b.id());
    view(1);
    assertThat(departures.nameOf(b.id())).isEqualTo("b");
    assertThat(departures.nameOf(c.id())).isEmpty();
  }

  private void view(long wallMillis, Peer... others) {
    departures.viewChanged(new View(self, List.of(others)), wallMillis);
  }

  private List<String> missing(long wallMillis) {
    return departures.missing(wallMillis).stream().map(each -> each.member().nodeName()).toList();
  }

  private static Peer peer(String name) {
    return new Peer(UUID.randomUUID(), name, "memory", 1, 1);
  }
}
