package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.RecordingHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** A node in a process of its own, to be killed. */
final class CrashableNode {

  private CrashableNode() {}

  /** Returns when the node has started. */
  static Process start(String clusterName, UUID incarnation, int port, int range)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashableNode.class.getName(),
                clusterName,
                incarnation.toString(),
                Integer.toString(port),
                Integer.toString(range))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.equals("started")) {
      line = output.readLine();
    }
    return process;
  }

  public static void main(String[] arguments) throws IOException {
    JGroupsSettings settings =
        new JGroupsSettings(
            arguments[0],
            "crashable",
            UUID.fromString(arguments[1]),
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            null,
            1,
            1);
    new JGroupsTransport(settings).start(new RecordingHandler());
    System.out.println("started");
    System.in.read(); // ends with the parent process
    System.exit(0);
  }
}
