package io.p2pmap.internal.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** What happens to machines: crashes, disks, cut links, views that are right or wrong, clocks. */
final class SimulatedMachines {

  private record Disk(ReplicaSnapshot<String> last, ReplicaSnapshot<String> backup) {}

  private final SimulatedCluster cluster;
  private final SplittableRandom random;
  private final Disk[] disks;
  private boolean areAllWrong;

  SimulatedMachines(SimulatedCluster cluster, SplittableRandom random) {
    this.cluster = cluster;
    this.random = random;
    this.disks = new Disk[cluster.size()];
  }

  /** What is held now reaches the disk. */
  void sync(int slot) {
    SimulatedNode node = cluster.node(slot);
    if (node != null && cluster.isPersisted) {
      Disk before = disks[slot];
      cluster.log("%s reaches its disk", node);
      disks[slot] = new Disk(node.snapshot(), before == null ? null : before.last());
    }
  }

  /** A node dies; it may be back at once, or later. */
  void crash(int slot, boolean viewsFollow) {
    SimulatedNode node = cluster.node(slot);
    if (node == null) {
      return;
    }
    cluster.statistics.restarts++;
    if (cluster.isPersisted && random.nextInt(5) == 0) {
      sync(slot); // nothing was lost
    }
    cluster.stop(slot);
    if (viewsFollow) {
      showTrueViews();
    }
    if (random.nextInt(3) > 0) {
      restart(slot, viewsFollow);
    }
  }

  void restart(int slot, boolean viewsFollow) {
    Disk disk = diskFor(slot);
    boolean copiesIdentity = disk != null && disk != disks[slot] && random.nextBoolean();
    ReplicaSnapshot<String> found = disk == null ? null : found(disk);
    if (copiesIdentity) {
      int owner = Arrays.asList(disks).indexOf(disk);
      cluster.start(slot, cluster.id(), cluster.replicaId(owner), found);
    } else {
      cluster.start(slot, found);
    }
    if (viewsFollow) {
      showTrueViews();
    } else {
      showView(slot, true);
    }
  }

  /** Mostly the own disk, sometimes a copy of another's. */
  private Disk diskFor(int slot) {
    Disk copy = disks[random.nextInt(disks.length)];
    return copy != null && random.nextInt(8) == 0 ? copy : disks[slot];
  }

  private ReplicaSnapshot<String> found(Disk disk) {
    return disk.backup() != null && random.nextInt(4) == 0 ? disk.backup() : disk.last();
  }

  void cut(boolean viewsFollow) {
    int a = random.nextInt(cluster.size());
    int b = random.nextInt(cluster.size());
    if (random.nextInt(3) == 0) {
      cluster.log("all links heal");
      cluster.network.heal();
    } else if (random.nextBoolean()) {
      cluster.log("link %d to %d is cut", a, b);
      cluster.network.cut(a, b);
      if (random.nextBoolean()) {
        cluster.network.cut(b, a);
      }
    } else {
      cluster.log("node %d is cut off", a);
      cluster.network.isolate(a);
    }
    if (viewsFollow) {
      showTrueViews();
    }
  }

  /** Everybody learns who is up and can be reached. */
  void showTrueViews() {
    for (SimulatedNode node : cluster.running()) {
      List<UUID> members = reachable(node);
      if (!node.view.equals(Set.copyOf(members))) {
        cluster.view(node.slot, members);
      }
    }
  }

  private List<UUID> reachable(SimulatedNode node) {
    List<UUID> members = new ArrayList<>();
    for (SimulatedNode other : cluster.running()) {
      if (other != node && cluster.network.isConnected(node.slot, other.slot)) {
        members.add(other.incarnation());
      }
    }
    return members;
  }

  /** One node, or sometimes all, see a view; it may be wrong. */
  void showSomeView(int slot) {
    if (random.nextInt(3) == 0) {
      showTrueViews();
    } else if (cluster.node(slot) != null) {
      showView(slot, random.nextBoolean());
    }
  }

  private void showView(int slot, boolean isTrue) {
    SimulatedNode node = cluster.node(slot);
    List<UUID> members = reachable(node);
    if (!isTrue) {
      members.removeIf(member -> random.nextInt(4) == 0);
      for (UUID former : node.view) {
        if (!members.contains(former) && random.nextInt(3) == 0) {
          members.add(former);
        }
      }
    }
    cluster.view(slot, members);
  }

  void changeClock(int slot) {
    SimulatedClock clock = cluster.clock(slot);
    if (random.nextInt(12) == 0) {
      areAllWrong = !areAllWrong;
      cluster.log(areAllWrong ? "all clocks go wrong" : "all clocks are put right");
      for (int each = 0; each < cluster.size(); each++) {
        cluster.clock(each).errorMillis = areAllWrong ? 100_000 : 0;
      }
      return;
    }
    clock.errorMillis = clock.errorMillis != 0 ? 0 : error();
    cluster.log("clock of node %d is off by %d ms", slot, clock.errorMillis);
  }

  private long error() {
    return switch (random.nextInt(4)) {
      case 0 -> 100_000;
      case 1 -> 250 + random.nextInt(200);
      case 2 -> 30 + random.nextInt(120);
      default -> -500;
    };
  }

  /** Everything works again, and everybody is up. */
  void healAll() {
    cluster.network.heal();
    for (int slot = 0; slot < cluster.size(); slot++) {
      cluster.clock(slot).errorMillis = 0;
      if (cluster.node(slot) == null) {
        cluster.start(slot, disks[slot] == null ? null : disks[slot].last());
      }
    }
    showTrueViews();
  }
}
