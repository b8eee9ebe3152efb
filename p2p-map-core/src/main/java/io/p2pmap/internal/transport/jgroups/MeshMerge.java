package io.p2pmap.internal.transport.jgroups;

import java.io.IOException;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * JGroups' search for separated clusters, which counts the views that can't be read. JGroups 5.5.7
 * logs an error for each, and whoever is in the cluster can send many.
 *
 * <p>Threading: JGroups' threads.
 */
final class MeshMerge extends MERGE3 {

  private final Drops drops;

  MeshMerge(Drops drops) {
    this.drops = drops;
    setId(ClassConfigurator.getProtocolId(MERGE3.class)); // the same on the wire
  }

  @Override
  protected @Nullable View readView(byte @Nullable [] buffer, int offset, int lengthBytes) {
    if (buffer == null) {
      return null;
    }
    try {
      return Util.streamableFromBuffer(View::new, buffer, offset, lengthBytes);
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      drops.count(Drops.Reason.MALFORMED, null, lengthBytes);
      log.debug("%s: unreadable view", local_addr, e);
      return null;
    }
  }
}
