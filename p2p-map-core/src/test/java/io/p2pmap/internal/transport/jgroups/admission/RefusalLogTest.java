package io.p2pmap.internal.transport.jgroups.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.cluster.LogLines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RefusalLog log = new RefusalLog("a", "orders", nanos::get);
  private final LogLines lines = LogLines.record();

  @AfterEach
  void stopRecording() {
    lines.close();
  }

  @Test
  void aPeerIsToldOfOnceInTenMinutesForEachReason() throws UnknownHostException {
    for (int i = 0; i < 100; i++) {
      log.refused(host(1), new RefusedException(Refusal.OTHER_CLUSTER));
      log.gaveUp("10.0.0.1:7800", new RefusedException(Refusal.OTHER_VERSION));
    }

    assertThat(lines.containing("INFO", "'orders'", "10.0.0.1", "another cluster")).hasSize(1);
    assertThat(lines.containing("WARN", "10.0.0.1:7800", "update the older node")).hasSize(1);
    assertThat(log.total()).isEqualTo(200);

    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    log.refused(host(1), new RefusedException(Refusal.OTHER_CLUSTER));
    assertThat(lines.containing("another cluster")).hasSize(2);
  }

  @Test
  void manyPeersGiveTwentyLinesAMinute() throws UnknownHostException {
    for (int i = 0; i < 250; i++) {
      log.refused(host(i), new RefusedException(Refusal.NOT_OURS));
    }
    assertThat(lines.containing("no node of this library")).hasSize(20);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    log.refused(host(251), new RefusedException(Refusal.NOT_OURS));
    assertThat(lines.containing("10.0.0.251")).hasSize(1);
  }

  private static InetAddress host(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
  }
}
