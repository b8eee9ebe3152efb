package io.p2pmap.sample;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The changes of all maps as server-sent events. */
@RestController
final class ChangeController {

  private final ChangeStreams streams;

  ChangeController(ChangeStreams streams) {
    this.streams = streams;
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter changes() {
    return streams.open();
  }
}
