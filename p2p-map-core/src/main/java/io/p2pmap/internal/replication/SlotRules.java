package io.p2pmap.internal.replication;

import java.util.Set;
import java.util.UUID;

/** The rules of presence slots (B14), one method each. Tests break them one at a time. */
class SlotRules {

  static final SlotRules STANDARD = new SlotRules();

  /** A slot of somebody who is not in the view is a ghost. */
  boolean isPresent(UUID owner, Set<UUID> members) {
    return members.contains(owner);
  }

  /** An older state of a slot never replaces a newer one. */
  boolean isNewer(long sequence, long held) {
    return sequence > held;
  }

  /** An owner passes the number of a slot that others hold as its own and that it never wrote. */
  boolean outbidsClaims() {
    return true;
  }

  /** A slot leaves with its owner. */
  boolean leavesWithOwner() {
    return true;
  }
}
