package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jgroups.Address;
import org.jgroups.util.NameCache;
import org.jspecify.annotations.Nullable;

/** One JGroups view as this library sees it: our nodes only, each with its address. Immutable. */
final class Membership {

  private final View view;
  private final Map<UUID, Address> addresses;

  private Membership(View view, Map<UUID, Address> addresses) {
    this.view = view;
    this.addresses = Map.copyOf(addresses);
  }

  static Membership alone(Peer self) {
    return new Membership(new View(self, List.of()), Map.of());
  }

  /** The members of {@code view}, but for those that are none of our nodes. */
  static Membership of(org.jgroups.View view, Peer self) {
    Peer announcedSelf = self;
    List<Peer> others = new ArrayList<>();
    Map<UUID, Address> addresses = new HashMap<>();
    for (Address member : view) {
      Optional<Peer> peer = Announcement.peerAt(member);
      if (peer.isEmpty()) {
        continue;
      }
      if (peer.get().id().equals(self.id())) {
        announcedSelf = peer.get();
      } else {
        others.add(peer.get());
        addresses.put(peer.get().id(), member);
      }
    }
    return new Membership(new View(announcedSelf, others), addresses);
  }

  View view() {
    return view;
  }

  boolean isAlone() {
    return addresses.isEmpty();
  }

  @Nullable Address addressOf(UUID member) {
    return addresses.get(member);
  }

  /** The member that sends from {@code address}; null if that is none of the others. */
  @Nullable UUID memberAt(@Nullable Address address) {
    if (!(address instanceof org.jgroups.util.UUID uuid)) {
      return null;
    }
    UUID id = Announcement.idOf(uuid);
    return addresses.containsKey(id) ? id : null;
  }

  /** Takes the others' names out of JGroups' process-wide cache, which a closing channel leaves. */
  void forgetNames() {
    NameCache.removeAll(addresses.values());
  }
}
