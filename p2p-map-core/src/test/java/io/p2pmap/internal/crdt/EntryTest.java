package io.p2pmap.internal.crdt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryTest {

  private static final UUID A = new UUID(1, 1);
  private static final UUID B = new UUID(2, 2);

  private static Entry<String> entry(long time, UUID origin, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    return new Entry<>("k", "k".getBytes(UTF_8), bytes, time, origin, Entry.NEVER);
  }

  @Test
  void theLaterWriteWins() {
    assertThat(entry(2, A, "x")).isGreaterThan(entry(1, B, "y"));
  }

  @Test
  void theOriginBreaksATie() {
    assertThat(entry(1, B, "x")).isGreaterThan(entry(1, A, "y"));
  }

  @Test
  void ofOneStampTheRemovalWinsAndThenTheValueDecides() {
    assertThat(entry(1, A, null)).isGreaterThan(entry(1, A, "x"));
    assertThat(entry(1, A, "x").compareTo(entry(1, A, "y"))).isNotZero();
    assertThat(entry(1, A, "x").compareTo(entry(1, A, "x"))).isZero();
  }

  private static byte[] cbor(String text) {
    byte[] bytes = ("_" + text).getBytes(UTF_8);
    bytes[0] = (byte) (0x60 + text.length());
    return bytes;
  }

  @Test
  void textThatWasReadStandsForItsBytes() {
    Entry<String> entry = new Entry<>("key", cbor("key"), cbor("value"), 1, A, Entry.NEVER);
    Entry<String> unread = new Entry<>("key", cbor("key"), cbor("value"), 1, A, Entry.NEVER);
    entry.cacheReadView("value");
    assertThat(entry.keyBytes()).isEqualTo(cbor("key"));
    assertThat(entry.valueBytes()).isEqualTo(cbor("value"));
    assertThat(entry.valueLengthBytes()).isEqualTo(6);
    assertThat(entry.lengthBytes()).isEqualTo(unread.lengthBytes());
    assertThat(entry.isTombstone()).isFalse();
    assertThat(entry.isVisible(0)).isTrue();
    assertThat(entry.hasValueOf(unread)).isTrue();
    assertThat(entry).isEqualTo(unread).isEqualByComparingTo(unread);
  }

  @Test
  void bytesThatTextDoesNotGiveBackAreKept() {
    byte[] longForm = {0x78, 1, 'a'};
    Entry<String> entry = new Entry<>("a", longForm, longForm, 1, A, Entry.NEVER);
    entry.cacheReadView("a");
    assertThat(entry.keyBytes()).isEqualTo(longForm);
    assertThat(entry.valueBytes()).isEqualTo(longForm);
  }

  @Test
  void theFirstReadViewStays() {
    Entry<String> entry = new Entry<>("key", cbor("key"), cbor("value"), 1, A, Entry.NEVER);
    entry.cacheReadView("value");
    entry.cacheReadView(new Object());
    assertThat(entry.readView()).isEqualTo("value");
    assertThat(entry.valueBytes()).isEqualTo(cbor("value"));
  }

  @Property
  void theLargestIsTheSameInWhateverOrderEntriesCome(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 40) Integer> seeds,
      @ForAll long shuffle) {
    List<Entry<String>> entries = new ArrayList<>();
    for (int seed : seeds) {
      String value = seed % 5 == 0 ? null : "v" + seed % 3;
      entries.add(entry(1 + seed % 4, seed % 2 == 0 ? A : B, value));
    }
    Entry<String> largest = Collections.max(entries);
    Collections.shuffle(entries, new Random(shuffle));
    assertThat(Collections.max(entries).compareTo(largest)).isZero();
    assertThat(Fingerprint.of(entries).count()).isEqualTo(seeds.size());
  }

  @Test
  void aFingerprintSeesKeyStampAndValue() {
    long one = entry(1, A, "x").fingerprint();
    assertThat(entry(1, A, "y").fingerprint()).isNotEqualTo(one);
    assertThat(entry(2, A, "x").fingerprint()).isNotEqualTo(one);
    assertThat(entry(1, B, "x").fingerprint()).isNotEqualTo(one);
    assertThat(entry(1, A, null).fingerprint()).isNotEqualTo(one);
    assertThat(entry(1, A, "x").fingerprint()).isEqualTo(one);
  }

  @Test
  void anEntryIsVisibleUntilItsExpiry() {
    Entry<String> entry = new Entry<>("k", new byte[] {1}, new byte[] {2}, 1, A, 1_000);
    assertThat(entry.isVisible(999)).isTrue();
    assertThat(entry.isVisible(1_000)).isFalse();
    assertThat(entry(1, A, "x").isVisible(Long.MAX_VALUE)).isTrue();
    assertThat(entry(1, A, null).isVisible(0)).isFalse();
  }

  /** Nodes of different releases compare fingerprints: they are part of the wire format. */
  @Test
  void theFingerprintOfAnEntryStaysWhatItIs() {
    assertThat(entry(7, A, "a value of some length").fingerprint()).isEqualTo(LIVE);
    assertThat(entry(7, A, null).fingerprint()).isEqualTo(DEAD);
  }

  private static final long LIVE = 4714091209974767103L;
  private static final long DEAD = 6526258910077007168L;
}
