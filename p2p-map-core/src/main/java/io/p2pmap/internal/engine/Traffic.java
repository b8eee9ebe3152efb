package io.p2pmap.internal.engine;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the frames of one map. Threading: any thread. */
final class Traffic {

  private final LongAdder framesSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder framesReceived = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder malformed = new LongAdder();

  /** A frame leaves; one to all members counts once. */
  void sent(int lengthBytes) {
    framesSent.increment();
    bytesSent.add(lengthBytes);
  }

  void received(int lengthBytes) {
    framesReceived.increment();
    bytesReceived.add(lengthBytes);
  }

  /** A frame that was received could not be read. */
  void malformed() {
    malformed.increment();
  }

  /** Adds every count under its name. */
  void addTo(Map<String, Long> counters) {
    counters.put("frames-sent", framesSent.sum());
    counters.put("bytes-sent", bytesSent.sum());
    counters.put("frames-received", framesReceived.sum());
    counters.put("bytes-received", bytesReceived.sum());
    counters.put("malformed", malformed.sum());
  }
}
