package io.p2pmap.cluster;

import io.p2pmap.MapSpec;
import io.p2pmap.cluster.NodeOptions.Option;
import java.util.List;

/** The maps that every node under test hosts. */
public final class TestMaps {

  /** A map of texts. */
  public static final String PLAIN = "plain";

  /** Another map of texts, for what must not meet other tests' keys. */
  public static final String OTHER = "other";

  /** A map of texts that live for {@link Option#TIME_TO_LIVE}. */
  public static final String EXPIRING = "expiring";

  /** A presence map. */
  public static final String PRESENCE = "presence";

  private TestMaps() {}

  static List<MapSpec<String, String>> specs(NodeOptions options) {
    return List.of(
        spec(PLAIN, options),
        spec(OTHER, options),
        spec(EXPIRING, options).timeToLive(options.duration(Option.TIME_TO_LIVE)),
        spec(PRESENCE, options).pruneOnPeerDown(true));
  }

  private static MapSpec<String, String> spec(String name, NodeOptions options) {
    return MapSpec.of(name, String.class, String.class)
        .tombstoneTtl(options.duration(Option.TOMBSTONE_TTL))
        .scanInterval(options.duration(Option.SCAN_INTERVAL));
  }
}
