package io.p2pmap.internal.transport.jgroups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds ports for tests, below those that systems give out for outgoing connections. */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 30_000;
  private static final Random RANDOM = new Random();

  private FreePorts() {}

  /** The first of {@code count} adjacent loopback ports that were all free just now. */
  static int first(int count) {
    while (true) {
      int first = FIRST + RANDOM.nextInt(LAST - FIRST - count);
      if (areFree(first, count)) {
        return first;
      }
    }
  }

  /** Takes one loopback port. */
  static ServerSocket take(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try {
        take(port).close();
      } catch (UncheckedIOException | IOException e) {
        return false;
      }
    }
    return true;
  }
}
