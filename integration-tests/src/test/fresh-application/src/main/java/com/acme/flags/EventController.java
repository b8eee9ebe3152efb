package com.acme.flags;

import io.p2pmap.MapEvent;
import io.p2pmap.NodeEvent;
import io.p2pmap.spring.event.MapEventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EventController {

  private final List<String> heard = new CopyOnWriteArrayList<>();

  @GetMapping("/heard")
  List<String> heard() {
    return heard;
  }

  @MapEventListener("flags")
  void named(MapEvent.Put<String, FeatureFlag> event) {
    heard.add("named: %s by %s".formatted(event.key(), event.writer()));
  }

  @EventListener
  void generic(MapEvent.Put<String, FeatureFlag> event) {
    heard.add("generic: %s by %s".formatted(event.key(), event.writer()));
  }

  @EventListener
  void members(NodeEvent.MembersChanged event) {
    heard.add("members: " + event.members().size());
  }
}
