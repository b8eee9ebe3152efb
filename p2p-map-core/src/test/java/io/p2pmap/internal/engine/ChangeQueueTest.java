package io.p2pmap.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {

  private static final UUID ORIGIN = new UUID(1, 1);

  private final ChangeQueue<String> queue = new ChangeQueue<>(2);

  private static Entry<String> entry(String key, int version) {
    return new Entry<>(key, new byte[] {1}, new byte[] {(byte) version}, version, ORIGIN, 0);
  }

  private static Change<String> change(String key, int before, int after) {
    return new Change<>(key, version(key, before), version(key, after), Change.Cause.WRITTEN, null);
  }

  private static @Nullable Entry<String> version(String key, int version) {
    return version == 0 ? null : entry(key, version);
  }

  private List<String> takeAll() throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (queue.size() > 0) {
      Change<String> change = queue.take();
      taken.add(change.key() + time(change.before()) + ">" + time(change.after()));
    }
    return taken;
  }

  private static long time(@Nullable Entry<String> entry) {
    return entry == null ? 0 : entry.time();
  }

  @Test
  void changesComeOneByOneWhileTheyAreFew() throws InterruptedException {
    queue.onChanges(List.of(change("a", 0, 1), change("a", 1, 2)));
    assertThat(takeAll()).containsExactly("a0>1", "a1>2");
  }

  @Test
  void beyondTheLimitStepsOfAKeyAreMergedAndTheLastOneStays() throws InterruptedException {
    queue.onChanges(List.of(change("a", 0, 1), change("b", 0, 1)));
    queue.onChanges(List.of(change("a", 1, 2), change("a", 2, 3), change("c", 0, 1)));
    assertThat(takeAll()).containsExactly("a0>3", "b0>1", "c0>1");
  }

  @Test
  void aKeyThatWasTakenIsQueuedAgain() throws InterruptedException {
    queue.onChanges(List.of(change("a", 0, 1)));
    assertThat(takeAll()).containsExactly("a0>1");
    queue.onChanges(List.of(change("a", 1, 2)));
    assertThat(takeAll()).containsExactly("a1>2");
  }

  @Test
  void closingEndsTheWaitAndForgetsWhatIsQueued() throws InterruptedException {
    queue.onChanges(List.of(change("a", 0, 1)));
    queue.close();
    assertThat(queue.take()).isNull();
    queue.onChanges(List.of(change("b", 0, 1)));
    assertThat(queue.size()).isZero();
  }
}
