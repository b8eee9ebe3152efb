package io.p2pmap.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds port ranges for clusters, below those that systems give out for outgoing connections. */
public final class Ports {

  private static final int FIRST = 10_000;
  private static final int LAST = 20_000;
  private static final Random RANDOM = new Random();

  private Ports() {}

  /** The first of {@code count} adjacent loopback ports that were all free just now. */
  public static int firstOfFree(int count) {
    while (true) {
      int first = FIRST + RANDOM.nextInt(LAST - FIRST - count);
      if (areFree(first, count)) {
        return first;
      }
    }
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      if (!isFree(port)) {
        return false;
      }
    }
    return true;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
