package io.p2pmap.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock plus an offset that can be changed. Threading: any thread. */
public class OffsetClock extends Clock {

  private volatile Duration offset = Duration.ZERO;

  public void setOffset(Duration changed) {
    offset = changed;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("This clock is for instants only");
  }
}
