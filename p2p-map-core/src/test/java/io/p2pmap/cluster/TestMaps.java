package io.p2pmap.cluster;

import io.p2pmap.MapSpec;
import io.p2pmap.cluster.NodeOptions.Option;
import java.util.ArrayList;
import java.util.List;

/** The maps that every node under test hosts. */
public final class TestMaps {

  /** A map of texts. */
  public static final String PLAIN = "plain";

  /** Another map of texts, for what must not meet other tests' keys. */
  public static final String OTHER = "other";

  /** A map of texts that live for {@link Option#TIME_TO_LIVE}. */
  public static final String EXPIRING = "expiring";

  /** A persisted map of texts, of nodes that have a {@link Option#STORAGE}. */
  public static final String DURABLE = "durable";

  /** A presence map. */
  public static final String PRESENCE = "presence";

  private TestMaps() {}

  static List<MapSpec<String, String>> specs(NodeOptions options) {
    List<MapSpec<String, String>> specs = new ArrayList<>();
    specs.add(spec(PLAIN, options));
    specs.add(spec(OTHER, options));
    specs.add(spec(EXPIRING, options).timeToLive(options.duration(Option.TIME_TO_LIVE)));
    specs.add(spec(PRESENCE, options).pruneOnPeerDown(true));
    if (!options.text(Option.STORAGE).isEmpty()) {
      specs.add(spec(DURABLE, options).persist(true));
    }
    return specs;
  }

  private static MapSpec<String, String> spec(String name, NodeOptions options) {
    return MapSpec.of(name, String.class, String.class)
        .tombstoneTtl(options.duration(Option.TOMBSTONE_TTL))
        .scanInterval(options.duration(Option.SCAN_INTERVAL));
  }
}
