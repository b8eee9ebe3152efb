package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import java.util.Map;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** What the contributors of a context say. */
public final class HealthDetails {

  private HealthDetails() {}

  static Health ofNode(ConfigurableApplicationContext context) {
    return ((HealthIndicator) contributor(context).getContributor("node")).health();
  }

  /** Null unless the map is open. */
  static Health ofMap(ConfigurableApplicationContext context, String map) {
    CompositeHealthContributor maps =
        (CompositeHealthContributor) contributor(context).getContributor("maps");
    HealthIndicator indicator = (HealthIndicator) maps.getContributor(map);
    return indicator == null ? null : indicator.health();
  }

  public static Map<String, Object> details(ConfigurableApplicationContext context, String map) {
    return ofMap(context, map).getDetails();
  }

  static CompositeHealthContributor contributor(ConfigurableApplicationContext context) {
    return context.getBean("p2pmapHealthContributor", CompositeHealthContributor.class);
  }

  static ReplicatedMaps node(ConfigurableApplicationContext context) {
    return context.getBean(ReplicatedMaps.class);
  }
}
