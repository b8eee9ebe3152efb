package io.p2pmap.internal.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

  private static final List<UUID> ORIGINS =
      List.of(new UUID(1, 1), new UUID(-2, 2), new UUID(3, -3));

  @Provide
  Arbitrary<VersionVector> vectors() {
    return Arbitraries.longs()
        .between(0, 4)
        .list()
        .ofSize(ORIGINS.size())
        .map(VersionVectorTest::vector);
  }

  private static VersionVector vector(List<Long> times) {
    VersionVector vector = new VersionVector();
    for (int i = 0; i < times.size(); i++) {
      vector.advance(ORIGINS.get(i), times.get(i));
    }
    return vector;
  }

  private static VersionVector join(VersionVector a, VersionVector b) {
    VersionVector joined = a.copy();
    joined.joinAll(b);
    return joined;
  }

  @Property
  void joinIsCommutativeAssociativeAndIdempotent(
      @ForAll("vectors") VersionVector a,
      @ForAll("vectors") VersionVector b,
      @ForAll("vectors") VersionVector c) {
    assertThat(join(a, b)).isEqualTo(join(b, a));
    assertThat(join(join(a, b), c)).isEqualTo(join(a, join(b, c)));
    assertThat(join(a, a)).isEqualTo(a);
  }

  @Property
  void theJoinIsTheLeastVectorThatCoversBoth(
      @ForAll("vectors") VersionVector a,
      @ForAll("vectors") VersionVector b,
      @ForAll("vectors") VersionVector c) {
    VersionVector joined = join(a, b);
    assertThat(joined.covers(a) && joined.covers(b)).isTrue();
    assertThat(c.covers(joined)).isEqualTo(c.covers(a) && c.covers(b));
  }

  @Property
  void hashAndMaximumAreThoseOfTheComponents(
      @ForAll("vectors") VersionVector a, @ForAll("vectors") VersionVector b) {
    VersionVector joined = join(a, b);
    VersionVector again = new VersionVector();
    joined.forEach(again::advance);
    assertThat(joined.hash()).isEqualTo(again.hash());
    assertThat(joined.max()).isEqualTo(again.max());
    assertThat(a.hash() == b.hash()).isEqualTo(a.covers(b) && b.covers(a));
  }

  @Test
  void aComponentNeverGoesBack() {
    VersionVector vector = vector(List.of(3L, 0L, 0L));
    vector.advance(ORIGINS.get(0), 2);
    assertThat(vector.get(ORIGINS.get(0))).isEqualTo(3);
  }

  @Test
  void aCopyIsIndependent() {
    VersionVector vector = vector(List.of(3L, 0L, 0L));
    VersionVector copy = vector.copy();
    vector.advance(ORIGINS.get(1), 1);
    assertThat(copy.get(ORIGINS.get(1))).isZero();
  }

  /** Nodes of different releases compare these hashes: they are part of the wire format. */
  @Test
  void theHashOfAVectorStaysWhatItIs() {
    assertThat(new VersionVector().hash()).isZero();
    assertThat(vector(List.of(1L, 2L, 3L)).hash()).isEqualTo(VECTOR_HASH);
  }

  private static final long VECTOR_HASH = -7921517345029663542L;
}
