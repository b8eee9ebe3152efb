package io.p2pmap.internal.transport.jgroups.admission;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Limits the time of all reads of a socket together, where {@code SO_TIMEOUT} limits each: who
 * sends a byte now and then gets no further than who sends nothing.
 *
 * <p>Threading: the clock is started and stopped by the one thread that reads meanwhile.
 */
final class DeadlineInput {

  private final Socket socket;
  private volatile boolean isRunning;
  private volatile long deadlineNanos;

  DeadlineInput(Socket socket) {
    this.socket = socket;
  }

  void startClock(Duration limit) {
    deadlineNanos = System.nanoTime() + limit.toNanos();
    isRunning = true;
  }

  void stopClock() throws IOException {
    isRunning = false;
    socket.setSoTimeout(0);
  }

  InputStream over(InputStream input) {
    return new FilterInputStream(input) {
      @Override
      public int read() throws IOException {
        checkClock();
        return in.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        checkClock();
        return in.read(target, offset, length);
      }
    };
  }

  private void checkClock() throws IOException {
    if (isRunning) {
      long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new SocketTimeoutException("Read timed out");
      }
      socket.setSoTimeout((int) leftMillis);
    }
  }
}
