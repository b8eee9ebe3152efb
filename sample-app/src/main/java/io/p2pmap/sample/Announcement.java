package io.p2pmap.sample;

import io.p2pmap.ReplicatedMap;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** This node's entry in the map {@code presence}, from the first request on to the last. */
@Component
final class Announcement {

  private final ReplicatedMap<String, PresentNode> presence;
  private final Environment environment;

  Announcement(ReplicatedMap<String, PresentNode> presence, Environment environment) {
    this.presence = presence;
    this.environment = environment;
  }

  /** Only now, because the port may have been chosen at random. */
  @EventListener(ApplicationReadyEvent.class)
  void announce() {
    presence.put(name(), self());
  }

  /** Before the web server stops. A node that is killed can't do it; then the map prunes. */
  @EventListener(ContextClosedEvent.class)
  void withdraw() {
    presence.remove(name());
  }

  private PresentNode self() {
    String url =
        "http://%s:%s"
            .formatted(
                environment.getRequiredProperty("server.address"),
                environment.getRequiredProperty("local.server.port"));
    Instant startedAt = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    return new PresentNode(name(), url, ProcessHandle.current().pid(), startedAt);
  }

  private String name() {
    return environment.getRequiredProperty("p2pmap.node-name");
  }
}
