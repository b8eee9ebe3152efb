package io.p2pmap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock with an offset that tests change. */
final class AdjustableClock extends Clock {

  private volatile Duration offset = Duration.ZERO;

  void setOffset(Duration changed) {
    offset = changed;
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalStateException("Only UTC is used");
  }
}
