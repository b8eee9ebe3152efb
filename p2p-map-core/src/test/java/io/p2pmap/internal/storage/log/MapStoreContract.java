package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.StoreStatus;
import io.p2pmap.internal.storage.StoreStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does, whatever disk it is on. */
abstract class MapStoreContract {

  static final Tuning TUNING = Tunings.withFloor(Tuning.of(Duration.ofMillis(50)), 64 * 1024);

  /** Stores over the same files each time. */
  abstract MapStores stores();

  /** The files of the store of the map "flags", and what is in them. */
  abstract Map<String, String> files() throws Exception;

  @Test
  void whatWasAwaitedIsThereAgain() {
    try (StoredMap map = StoredMap.open(stores())) {
      for (long key = 0; key < 100; key++) {
        map.put(key, key + 1);
      }
      assertThat(map.store().status().traffic().durableRecords()).isEqualTo(100);
    }
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.entries()).hasSize(100).containsEntry(99L, 100L);
      assertThat(map.store().status().recovery().records()).isEqualTo(100);
      assertThat(map.store().status().recovery().isDamaged()).isFalse();
    }
  }

  @Test
  void whatNobodyAwaitsIsForcedSoon() {
    try (StoredMap map = StoredMap.open(stores())) {
      map.write(1, 1);
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> map.store().status().traffic().durableRecords() == 1);
    }
  }

  @Test
  void closingForcesWhatWasAppended() {
    try (StoredMap map = StoredMap.open(stores())) {
      for (long key = 0; key < 5_000; key++) {
        map.write(key, key);
      }
    }
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.entries()).hasSize(5_000);
    }
  }

  @Test
  void oneForceServesAllWhoWait() {
    try (StoredMap map = StoredMap.open(stores())) {
      AtomicLong keys = new AtomicLong();
      inParallel(
          8,
          () -> {
            for (int i = 0; i < 200; i++) {
              long key = keys.incrementAndGet();
              map.put(key, key);
            }
          });
      StoreStatus status = map.store().status();
      assertThat(status.traffic().durableRecords()).isEqualTo(1_600);
      assertThat(status.forces().count()).isLessThan(1_600);
    }
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.entries()).hasSize(1_600);
    }
  }

  @Test
  void anInterruptNeitherEndsAWaitNorHarmsAFile() {
    try (StoredMap map = StoredMap.open(stores())) {
      for (long key = 0; key < 200; key++) {
        Thread.currentThread().interrupt();
        map.put(key, key);
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(map.store().status().state()).isEqualTo(State.HEALTHY);
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(map.entries()).hasSize(200);
    }
  }

  @Test
  void theFilesStaySmallWhileAFewKeysAreOverwrittenForEver() throws Exception {
    try (StoredMap map = StoredMap.open(stores())) {
      long largest = 0;
      for (long i = 0; i < 50_000; i++) {
        long position = map.write(i % 100, i);
        if (i % 500 == 0) {
          map.store().await(position);
          StoreStatus status = map.store().status();
          largest = Math.max(largest, status.logBytes() + status.snapshotBytes());
        }
      }
      assertThat(map.store().status().traffic().snapshots()).isGreaterThan(10);
      assertThat(largest).isLessThan(1024 * 1024);
    }
    try (StoredMap map = StoredMap.open(stores())) {
      assertThat(map.entries()).hasSize(100).containsEntry(99L, 49_999L);
    }
    assertThat(files().keySet()).noneMatch(name -> name.contains("damaged"));
  }

  @Test
  void aQuietStoreWritesNothing() throws Exception {
    try (StoredMap map = StoredMap.open(stores())) {
      map.put(1, 1);
      Map<String, String> before = files();
      long forces = map.store().status().forces().count();
      Thread.sleep(10 * TUNING.lazyForce().toMillis()); // the claim is about time that passes
      assertThat(files()).isEqualTo(before);
      assertThat(map.store().status().forces().count()).isEqualTo(forces);
    }
    Map<String, String> before = files();
    StoredMap.open(stores()).close();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void deletingRemovesEverything() {
    StoredMap map = StoredMap.open(stores());
    map.put(1, 1);
    map.store().delete();
    try (StoredMap again = StoredMap.open(stores())) {
      assertThat(again.entries()).isEmpty();
      assertThat(again.store().status().recovery().isDamaged()).isFalse();
    }
  }

  @Test
  void aClosedMapCanBeDeleted() {
    StoredMap map = StoredMap.open(stores());
    map.put(1, 1);
    map.close();
    map.store().delete();
    try (StoredMap again = StoredMap.open(stores())) {
      assertThat(again.entries()).hasSize(1);
    }
    stores().delete("flags");
    stores().delete("flags");
    try (StoredMap again = StoredMap.open(stores())) {
      assertThat(again.entries()).isEmpty();
      assertThat(again.store().status().recovery().isDamaged()).isFalse();
    }
  }

  @Test
  void aClosedStoreRefusesToPromise() {
    StoredMap map = StoredMap.open(stores());
    map.put(1, 1);
    map.close();
    assertThatThrownBy(() -> map.put(2, 2))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("closed");
    assertThat(map.store().status().state()).isEqualTo(State.CLOSED);
    map.close();
  }

  @Test
  void aStoreThatWasNeverStartedCanBeClosed() {
    MapStore store = stores().open("flags", record -> {});
    store.close();
    StoredMap.open(stores()).close();
  }

  @Test
  void aRecordMayBeEmptyAndMayBeLong() {
    byte[] longRecord = new byte[5_000_000];
    longRecord[4_999_999] = 7;
    try (MapStore store = stores().open("flags", record -> {})) {
      store.start(MapStoreContract::captureNothing, StoreListener.none());
      store.await(store.append(new byte[0]));
      store.await(store.append(longRecord));
      assertThatThrownBy(() -> store.append(new byte[MapStore.MAX_RECORD_BYTES + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void itsThreadIsNamedAndEndsOnClose() {
    StoredMap map = StoredMap.open(stores());
    assertThat(storeThreads()).hasSize(1).allMatch(Thread::isDaemon);
    map.close();
    assertThat(storeThreads()).isEmpty();
  }

  private static Iterator<byte[]> captureNothing(Runnable atInstant) {
    atInstant.run();
    return Collections.emptyIterator();
  }

  private static List<Thread> storeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("p2pmap-store-flags"))
        .toList();
  }

  static void inParallel(int threads, Runnable work) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    IntStream.range(0, threads)
        .forEach(
            i ->
                all.add(
                    CompletableFuture.runAsync(
                        work, task -> new Thread(task, "p2pmap-test-writer-" + i).start())));
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }
}
