package io.p2pmap.cluster;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Cuts links inside the nodes' own protocol stacks, where the network itself can't be cut: a node
 * does not hear another one. The connections stay whole, so this is a fault of the protocols only.
 * Threading: one thread.
 */
final class LoopbackFaults implements FaultyNetwork {

  private final Function<String, NodeProcess> running;
  private final Map<String, Set<String>> unheard = new TreeMap<>();

  /**
   * Creates a network without faults.
   *
   * @param running finds the process of a node that is started
   */
  LoopbackFaults(Function<String, NodeProcess> running) {
    this.running = running;
  }

  @Override
  public void add(String node) {}

  @Override
  public InetAddress addressOf(String node) {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public List<String> launcher(String node) {
    return List.of();
  }

  @Override
  public void cut(String from, String to) {
    Set<String> senders = unheard.computeIfAbsent(to, any -> new TreeSet<>());
    senders.add(from);
    running.apply(to).call(command(senders));
  }

  @Override
  public void heal() {
    unheard.keySet().forEach(node -> running.apply(node).call("ignore"));
    unheard.clear();
  }

  private static Object[] command(Set<String> senders) {
    TreeSet<String> words = new TreeSet<>(senders);
    return java.util.stream.Stream.concat(java.util.stream.Stream.of("ignore"), words.stream())
        .toArray();
  }

  @Override
  public void close() {}
}
