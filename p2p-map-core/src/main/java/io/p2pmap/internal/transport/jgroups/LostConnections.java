package io.p2pmap.internal.transport.jgroups;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.util.TimeScheduler;

/**
 * Suspects whoever was at the other end of a closed connection, once a second, for as long as that
 * one is a member and may have gone.
 *
 * <p>JGroups 5.5.7 suspects once, and not at all if the other end closed in order; and who leaves
 * asks once for a view without it. While views are being merged all that is dropped, and the merged
 * view may have a member that has gone meanwhile, even as its coordinator: then nobody can join
 * until its silence is noticed.
 *
 * <p>Threading: any; what it was given is called on the timer's threads.
 */
final class LostConnections {

  /** How long the view without a member may take after that member's closing mark. */
  private static final long FAREWELL_MILLIS = 500;

  private static final long PERIOD_MILLIS = 1_000;

  /** Longer than two merges that wait for somebody who has gone. */
  private static final int LOOKS = 15;

  private final TimeScheduler timer;
  private final Predicate<PhysicalAddress> isConnected;
  private final Function<PhysicalAddress, List<Address>> ends;
  private final Consumer<Address> suspect;
  private final Set<Address> doubtful = ConcurrentHashMap.newKeySet();

  /**
   * Watches nothing yet.
   *
   * @param ends who is known to be or to have been at an address: a process that was started again
   *     is somebody else
   * @param suspect asks a member whether it is there; does nothing if it is no member
   */
  LostConnections(
      TimeScheduler timer,
      Predicate<PhysicalAddress> isConnected,
      Function<PhysicalAddress, List<Address>> ends,
      Consumer<Address> suspect) {
    this.timer = timer;
    this.isConnected = isConnected;
    this.ends = ends;
    this.suspect = suspect;
  }

  /** A connection to {@code address} has closed. */
  void add(PhysicalAddress address) {
    for (Address end : ends.apply(address)) {
      if (doubtful.add(end)) {
        after(FAREWELL_MILLIS, () -> look(end, address, LOOKS));
      }
    }
  }

  /** {@code end} has answered. */
  void isThere(Address end) {
    doubtful.remove(end);
  }

  private void look(Address end, PhysicalAddress address, int times) {
    if (times == 0 || isBack(address)) {
      doubtful.remove(end);
    } else if (doubtful.contains(end)) {
      suspect.accept(end);
      after(PERIOD_MILLIS, () -> look(end, address, times - 1));
    }
  }

  private boolean isBack(PhysicalAddress address) {
    return isConnected.test(address) && ends.apply(address).size() == 1;
  }

  private void after(long millis, Runnable task) {
    timer.schedule(task, millis, TimeUnit.MILLISECONDS);
  }
}
