package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.NodeEvent.DivergenceRepaired;
import io.p2pmap.NodeEvent.MapSynchronized;
import io.p2pmap.NodeEvent.MembersChanged;
import io.p2pmap.NodeLook.MapLook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeChangesTest {

  private static final Member A = new Member("a", "1", "", true);
  private static final Member B = new Member("b", "2", "", false);
  private static final Member B_AGAIN = new Member("b", "3", "", false);

  private static final MapLook SYNCING = new MapLook(false, false, 0);
  private static final MapLook READY = new MapLook(true, true, 0);

  @Test
  void theOwnStartIsAChangeOfMembers() {
    NodeChanges changes = new NodeChanges(look(List.of(), Map.of()));
    assertThat(changes.update(look(List.of(A), Map.of())))
        .containsExactly(new MembersChanged(List.of(A), List.of(A), List.of()));
    assertThat(changes.update(look(List.of(A), Map.of()))).isEmpty();
  }

  @Test
  void aNodeThatStartedAnewHasLeftAndJoined() {
    NodeChanges changes = new NodeChanges(look(List.of(A, B), Map.of()));
    assertThat(changes.update(look(List.of(A, B_AGAIN), Map.of())))
        .containsExactly(new MembersChanged(List.of(A, B_AGAIN), List.of(B_AGAIN), List.of(B)));
  }

  @Test
  void aMapIsSynchronizedWhenItBecomesReady() {
    NodeChanges changes = new NodeChanges(look(List.of(A), Map.of("flags", SYNCING)));
    assertThat(changes.update(look(List.of(A), Map.of("flags", SYNCING)))).isEmpty();
    assertThat(changes.update(look(List.of(A), Map.of("flags", READY, "new", READY))))
        .containsExactly(new MapSynchronized("flags"), new MapSynchronized("new"));
    assertThat(changes.update(look(List.of(A), Map.of("flags", READY, "new", READY)))).isEmpty();
  }

  @Test
  void aMapThatWasReadyBeforeIsNoNews() {
    NodeChanges changes = new NodeChanges(look(List.of(A), Map.of("flags", READY)));
    assertThat(changes.update(look(List.of(A), Map.of("flags", READY)))).isEmpty();
  }

  @Test
  void aDivergenceIsToldOnceWhenItIsOver() {
    NodeChanges changes = new NodeChanges(look(List.of(A), Map.of("flags", diverged(2, true))));
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(2, true))))).isEmpty();
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(3, false))))).isEmpty();
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(5, false))))).isEmpty();
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(5, true)))))
        .containsExactly(new DivergenceRepaired("flags", 3));
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(5, true))))).isEmpty();
  }

  @Test
  void aMapThatIsOpenedAgainStartsAnew() {
    NodeChanges changes = new NodeChanges(look(List.of(A), Map.of("flags", diverged(5, true))));
    assertThat(changes.update(look(List.of(A), Map.of()))).isEmpty();
    assertThat(changes.update(look(List.of(A), Map.of("flags", diverged(1, true)))))
        .containsExactly(new MapSynchronized("flags"), new DivergenceRepaired("flags", 1));
  }

  private static MapLook diverged(long divergences, boolean isInSync) {
    return new MapLook(true, isInSync, divergences);
  }

  private static NodeLook look(List<Member> members, Map<String, MapLook> maps) {
    return new NodeLook(members, new TreeMap<>(maps));
  }
}
