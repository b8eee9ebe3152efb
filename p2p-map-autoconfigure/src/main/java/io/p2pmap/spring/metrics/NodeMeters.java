package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmap.NodeStatus;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.metrics.StatusMeters.Described;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Meters of the node and of its transport.
 *
 * <p>Threading: any thread.
 */
final class NodeMeters implements MeterBinder {

  private static final List<String> DROPS =
      List.of("not-a-member", "not-ours", "too-long", "malformed");

  private final Reading<NodeStatus> reading;
  private final List<StatusMeters<NodeStatus>> bound = new CopyOnWriteArrayList<>();

  NodeMeters(ReplicatedMaps maps) {
    this.reading = new Reading<>(maps::status);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    StatusMeters<NodeStatus> meters = new StatusMeters<>(registry, reading, Tags.empty());
    bound.add(meters);
    node(meters);
    messages(meters);
    failures(meters);
    retransmission(meters);
  }

  private static void node(StatusMeters<NodeStatus> meters) {
    meters.gauge(
        Described.of("members", "Nodes in the cluster as this one sees it, itself included"),
        status -> status.members().size());
    counter(meters, "views", "Times the members have changed");
    counter(meters, "frames-unreadable", "Messages that are none of this library");
    counter(meters, "frames-of-unknown-version", "Messages of a version that this node can't read");
    counter(meters, "inbox-dropped", "Messages that were lost because this node is too slow");
    level(meters, "inbox-bytes", Described.of("inbox", "Length of what waits").in("bytes"));
  }

  private static void messages(StatusMeters<NodeStatus> meters) {
    counter(meters, "transport-messages-sent", "Messages that JGroups has sent");
    counter(meters, "transport-messages-received", "Messages that JGroups has received");
    counter(
        meters,
        "transport-bytes-sent",
        Described.of("transport.sent", "Bytes that JGroups has sent").in("bytes"));
    counter(
        meters,
        "transport-bytes-received",
        Described.of("transport.received", "Bytes that JGroups has received").in("bytes"));
    for (String reason : DROPS) {
      Described dropped =
          Described.of("transport.dropped", "Messages that were not handed over, by reason");
      counter(meters, "transport-dropped-" + reason, dropped.tagged("reason", reason));
    }
  }

  private static void failures(StatusMeters<NodeStatus> meters) {
    counter(meters, "transport-suspects", "Times a node was suspected to have failed");
    counter(meters, "transport-merges", "Times separate clusters have become one");
    counter(meters, "transport-pool-rejections", "Messages that found no thread of JGroups");
    level(meters, "transport-pool-threads", Described.of("transport.pool.threads", "Its threads"));
    level(
        meters,
        "transport-connections",
        Described.of("transport.connections", "Connections to other nodes"));
  }

  private static void retransmission(StatusMeters<NodeStatus> meters) {
    counter(meters, "transport-retransmissions-asked", "Multicasts asked for again");
    counter(meters, "transport-retransmissions-sent", "Messages that were sent again");
    counter(meters, "transport-blockings", "Times a send has waited for slower nodes");
    level(
        meters,
        "transport-unacknowledged",
        Described.of("transport.unacknowledged", "Messages not known to have arrived"));
    level(
        meters,
        "transport-missing",
        Described.of("transport.missing", "Messages known to be missing here"));
    level(
        meters,
        "transport-send-queue",
        Described.of("transport.send.queue", "Messages that JGroups has not sent"));
  }

  private static void counter(StatusMeters<NodeStatus> meters, String counter, String description) {
    counter(meters, counter, Described.of(counter.replace('-', '.'), description));
  }

  private static void counter(
      StatusMeters<NodeStatus> meters, String counter, Described described) {
    meters.counter(described, status -> status.counters().getOrDefault(counter, 0L));
  }

  private static void level(StatusMeters<NodeStatus> meters, String level, Described described) {
    meters.gauge(described, status -> status.levels().getOrDefault(level, 0L));
  }
}
