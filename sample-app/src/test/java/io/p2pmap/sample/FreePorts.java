package io.p2pmap.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds ports that nobody uses, below those that the system gives to outgoing connections. */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private FreePorts() {}

  /** First of {@code count} free ports in a row. */
  static int inARow(int count) {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(FIRST, END - count);
      if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
        return first;
      }
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
