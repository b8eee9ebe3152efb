package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/** Health of each map that is open at the time of the question, by its name. */
final class MapsHealthContributor implements CompositeHealthContributor {

  private final ReplicatedMaps maps;

  MapsHealthContributor(ReplicatedMaps maps) {
    this.maps = maps;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return maps.find(name).map(MapHealthIndicator::new).orElse(null);
  }

  @Override
  public Stream<HealthContributors.Entry> stream() {
    return maps.names().stream()
        .flatMap(name -> maps.find(name).stream())
        .map(map -> new HealthContributors.Entry(map.name(), new MapHealthIndicator(map)));
  }
}
