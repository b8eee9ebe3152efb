package io.p2pmap.internal.storage.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long campaigns are, {@code -Dstorage.<what>=…}, where they begin, and what they found. */
public final class Campaigns {

  private static final Logger LOG = LoggerFactory.getLogger("storage-campaign");

  private Campaigns() {}

  /** From {@code -Dseed=…}, or a new one each time; the message of a failure names it. */
  static long seed() {
    return Long.getLong("seed", System.currentTimeMillis() * 1_000);
  }

  static int count(String what, int otherwise) {
    return Integer.getInteger("storage." + what, otherwise);
  }

  /** Logs what was measured. */
  public static void report(String figures) {
    LOG.warn("{}", figures); // tests log from WARN on
  }
}
