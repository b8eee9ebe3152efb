package io.p2pmap.sample;

import io.p2pmap.ReplicatedMap;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The nodes that are there over HTTP. */
@RestController
final class PresenceController {

  private final ReplicatedMap<String, PresentNode> presence;

  PresenceController(ReplicatedMap<String, PresentNode> presence) {
    this.presence = presence;
  }

  @GetMapping("/presence")
  List<PresentNode> all() {
    return presence.asMap().values().stream()
        .sorted(Comparator.comparing(PresentNode::name))
        .toList();
  }
}
