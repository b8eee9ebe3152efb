package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/**
 * Health of this node: {@code node}, and below {@code maps} each map that is open at the time of
 * the question. Everything is computed then, from what the node holds; nobody else is asked.
 */
final class P2pMapHealthContributor implements CompositeHealthContributor {

  private static final String NODE = "node";
  private static final String MAPS = "maps";

  private final NodeHealthIndicator node;
  private final MapsHealthContributor maps;

  P2pMapHealthContributor(ReplicatedMaps maps) {
    this.node = new NodeHealthIndicator(maps);
    this.maps = new MapsHealthContributor(maps);
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return switch (name) {
      case NODE -> node;
      case MAPS -> maps;
      default -> null;
    };
  }

  @Override
  public Stream<HealthContributors.Entry> stream() {
    return Stream.of(
        new HealthContributors.Entry(NODE, node), new HealthContributors.Entry(MAPS, maps));
  }
}
