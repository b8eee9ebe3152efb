package io.p2pmap.spring.actuate;

import io.p2pmap.TombstoneInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of the removals that a map remembers, sorted by key.
 *
 * @param page number of the page, from zero
 * @param size largest number of removals in a page
 * @param total number of those that the page was chosen from
 */
record RemovedPageDescriptor(
    String map, int page, int size, int total, List<RemovedDescriptor> removed)
    implements OperationResponseBody {

  /**
   * A removal.
   *
   * @param writer name of the node that removed the key
   * @param age how long ago, by this node's clock; not less than zero
   * @param awaiting nodes that have not acknowledged it, as far as this node knows
   */
  record RemovedDescriptor(
      String key,
      String writer,
      Instant removedAt,
      Duration age,
      List<TombstoneInfo.Awaited> awaiting) {}
}
