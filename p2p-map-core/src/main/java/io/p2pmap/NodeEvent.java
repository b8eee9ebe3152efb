package io.p2pmap;

import java.util.List;

/** Something that happened to a node or to one of its maps as a whole. */
public sealed interface NodeEvent {

  /**
   * Nodes came or went, as this node sees it. Its start is such a change, too: it joins itself.
   *
   * @param members every node in the view now, this one first
   * @param joined those that were not there before
   * @param left those that are not there any more
   */
  record MembersChanged(List<Member> members, List<Member> joined, List<Member> left)
      implements NodeEvent {

    public MembersChanged {
      members = List.copyOf(members);
      joined = List.copyOf(joined);
      left = List.copyOf(left);
    }
  }

  /** Something that happened to one map. */
  sealed interface OfMap extends NodeEvent {

    /** Name of the map. */
    String mapName();
  }

  /**
   * A map has caught up with the other nodes, or there are none: its state became {@code READY}.
   */
  record MapSynchronized(String mapName) implements OfMap {}

  /**
   * A persisted map takes no writes, because they can't be made durable. It is read and replicated
   * as before.
   *
   * @param reason what went wrong, where, and what to do about it
   */
  record MapDegraded(String mapName, String reason) implements OfMap {}

  /** A map that was degraded takes writes again. */
  record MapHealed(String mapName) implements OfMap {}

  /**
   * Another node had seen the same writes but held other contents, which must not happen; that is
   * over.
   *
   * @param divergences how often that was found since the last event of this kind
   */
  record DivergenceRepaired(String mapName, long divergences) implements OfMap {}
}
