package io.p2pmap.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A switch with a network namespace for each node, made of the kernel's own parts: the nodes' TCP
 * is the real one, and so is what happens to it. A link is cut in one direction by a wrong hardware
 * address in the sender's table of neighbours: its packets leave and reach nobody, and nobody is
 * told, as if a router had died. Needs root and Linux.
 *
 * <p>Each namespace lives as long as a process that waits for the end of its standard input, so
 * that nothing is left even if this process is killed.
 *
 * <p>Threading: one thread.
 */
final class Namespaces implements FaultyNetwork {

  private static final String NOBODY = "02:00:00:00:00:fe";
  private static final String SUBNET = "10.77.0.";

  private final Process bridge;
  private final Map<String, Process> holders = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  /** What is broken, with the command that repairs it. */
  private final Map<String, String[]> repairs = new LinkedHashMap<>();

  private Namespaces(Process bridge) {
    this.bridge = bridge;
  }

  /** Why there can be no namespaces here, or an empty text. */
  static String whyNot() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    for (String tool : List.of("ip", "unshare", "nsenter")) {
      if (!isInstalled(tool)) {
        return tool + " is not installed";
      }
    }
    return Shell.tryRun("unshare", "--net", "ip", "link", "add", "br0", "type", "bridge")
        ? ""
        : "the kernel or its container allows no network namespace with a bridge";
  }

  static boolean isInstalled(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }

  static Namespaces create() {
    Process bridge = newNamespace();
    Namespaces network = new Namespaces(bridge);
    network.in(bridge, "ip link add br0 type bridge");
    network.in(bridge, "ip link set br0 up");
    return network;
  }

  private static Process newNamespace() {
    Process holder = Shell.launch("unshare", "--net", "sh", "-c", "echo ready; exec cat");
    try {
      if (holder.getInputStream().readNBytes(6).length < 6) {
        throw new IllegalStateException(
            new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      }
      return holder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(String node) {
    Process holder = newNamespace();
    holders.put(node, holder);
    names.add(node);
    String port = portOf(node);
    in(bridge, "ip link add %s type veth peer name eth0 netns %d", port, holder.pid());
    in(bridge, "ip link set %s master br0 up", port);
    in(holder, "ip addr add %s%d/24 dev eth0", SUBNET, numberOf(node));
    in(holder, "ip link set eth0 up");
    in(holder, "ip link set lo up");
  }

  @Override
  public InetAddress addressOf(String node) {
    try {
      return InetAddress.getByName(SUBNET + numberOf(node));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> launcher(String node) {
    return nsenter(holder(node));
  }

  @Override
  public void cut(String from, String to) {
    String address = addressOf(to).getHostAddress();
    in(holder(from), "ip neigh replace %s lladdr %s dev eth0 nud permanent", address, NOBODY);
    repairs.put(from + " to " + to, command(holder(from), "ip neigh del %s dev eth0", address));
  }

  @Override
  public void heal() {
    repairs.values().forEach(Shell::run);
    repairs.clear();
  }

  /** Lets a node send only so much. */
  void limitBandwidth(String node, String rate) {
    in(holder(node), "tc qdisc replace dev eth0 root tbf rate %s burst 16kb latency 400ms", rate);
    repairs.put("rate of " + node, command(holder(node), "tc qdisc del dev eth0 root"));
  }

  /** Drops {@code percent} of the packets that a node sends; needs nft. */
  void losePackets(String node, int percent) {
    repairs.put("loss of " + node, command(holder(node), "nft flush ruleset"));
    in(holder(node), "nft add table ip loss");
    in(holder(node), "nft add chain ip loss out { type filter hook output priority 0; }");
    in(holder(node), "nft add rule ip loss out numgen random mod 100 < %d drop", percent);
  }

  /** How many bytes a node has sent, with all headers. */
  long sentBytes(String node) {
    String[] lines = Shell.output(command(holder(node), "ip -s link show dev eth0")).split("\n");
    return Long.parseLong(lines[lines.length - 1].trim().split(" +")[0]);
  }

  private int numberOf(String node) {
    return names.indexOf(node) + 1;
  }

  private String portOf(String node) {
    return "port" + numberOf(node);
  }

  private Process holder(String node) {
    Process holder = holders.get(node);
    if (holder == null) {
      throw new IllegalArgumentException("Node '%s' has no namespace".formatted(node));
    }
    return holder;
  }

  private void in(Process holder, String command, Object... arguments) {
    Shell.run(command(holder, command, arguments));
  }

  private static String[] command(Process holder, String command, Object... arguments) {
    List<String> words = new ArrayList<>(nsenter(holder));
    words.addAll(List.of(command.formatted(arguments).split(" ")));
    return words.toArray(String[]::new);
  }

  private static List<String> nsenter(Process holder) {
    return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net");
  }

  @Override
  public void close() {
    holders.values().forEach(Process::destroyForcibly);
    bridge.destroyForcibly();
  }
}
