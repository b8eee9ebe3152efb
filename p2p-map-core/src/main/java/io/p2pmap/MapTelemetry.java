package io.p2pmap;

import io.p2pmap.internal.engine.MapProbe;
import io.p2pmap.internal.replication.Message;
import java.util.Locale;

/** What the engine measures at one map, in the words of the public API. */
record MapTelemetry(String mapName, Instrumentation instrumentation) implements MapProbe {

  @Override
  public void writeArrived(long lagMillis) {
    instrumentation.writeArrived(mapName, lagMillis);
  }

  @Override
  public void batchSent(int entries, int lengthBytes) {
    instrumentation.batchSent(mapName, entries, lengthBytes);
  }

  @Override
  public Receiving receivingTransfer(Message.Kind kind) {
    String label = kind.name().toLowerCase(Locale.ROOT);
    Instrumentation.Ongoing ongoing = instrumentation.receivingTransfer(mapName, label);
    return ongoing::ended;
  }
}
