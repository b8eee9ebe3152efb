package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random schedules for presence maps, and each of their rules broken (B14). */
class PresenceSimulationTest {

  private static final long SCHEDULES = 3_000;

  private static long failures(SlotRules rules, long schedules) {
    return LongStream.rangeClosed(1, schedules).filter(seed -> fails(seed, rules)).count();
  }

  private static boolean fails(long seed, SlotRules rules) {
    try {
      new PresenceSchedule(seed, rules).run();
      return false;
    } catch (Violation | AssertionError e) {
      if (rules == SlotRules.STANDARD) {
        throw new AssertionError("presence schedule of seed " + seed, e);
      }
      return true;
    }
  }

  @Test
  void everybodySeesJustWhoIsThere() {
    assertThat(failures(SlotRules.STANDARD, SCHEDULES)).isZero();
  }

  @Test
  void aSlotOfSomebodyWhoIsNotInTheViewIsAGhost() {
    SlotRules rules =
        new SlotRules() {
          @Override
          boolean isPresent(UUID owner, Set<UUID> members) {
            return true;
          }
        };
    assertThat(failures(rules, 200)).isPositive();
  }

  @Test
  void anOlderStateOfASlotWouldReplaceANewerOne() {
    SlotRules rules =
        new SlotRules() {
          @Override
          boolean isNewer(long sequence, long held) {
            return true;
          }
        };
    assertThat(failures(rules, 1_000)).isPositive();
  }

  @Test
  void aSlotThatStaysWithoutItsOwnerIsAGhost() {
    SlotRules rules =
        new SlotRules() {
          @Override
          boolean leavesWithOwner() {
            return false;
          }
        };
    assertThat(failures(rules, 200)).isPositive();
  }
}
