package io.p2pmap.internal.transport.jgroups.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are being heard, each on a thread, and no more than {@link #MAX}. When one
 * more comes, the oldest that has not even greeted is closed, or else the oldest: nodes greet at
 * once, so that they get through however many silent connections there are and are opened anew.
 *
 * <p>Threading: any.
 */
final class Applicants {

  private static final Logger LOG = LoggerFactory.getLogger(Applicants.class);

  static final int MAX = 64;

  private static final int MAX_THREADS = 2 * MAX; // those of closed connections take a moment
  private static final long IDLE_SECONDS = 5;

  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> DaemonThread.create("p2pmap-admission-" + threads.incrementAndGet(), task),
          (task, executor) -> ((Applicant) task).dismiss());

  @GuardedBy("this")
  private final Set<Applicant> heard = new LinkedHashSet<>();

  /** Hears {@code socket} on another thread. */
  void hear(Socket socket, Consumer<Applicant> hearing) {
    Applicant applicant = new Applicant(socket, hearing);
    List<Applicant> dismissed = new ArrayList<>();
    synchronized (this) {
      while (heard.size() >= MAX) {
        Applicant last = leastPromising();
        heard.remove(last);
        dismissed.add(last);
      }
      heard.add(applicant);
    }
    dismissed.forEach(Applicant::dismiss);
    pool.execute(applicant);
  }

  @GuardedBy("this")
  private Applicant leastPromising() {
    return heard.stream()
        .filter(applicant -> !applicant.hasGreeted)
        .findFirst()
        .orElseGet(() -> heard.iterator().next());
  }

  private synchronized void remove(Applicant applicant) {
    heard.remove(applicant);
  }

  /** Dismisses all. */
  void close() {
    List<Applicant> rest;
    synchronized (this) {
      rest = List.copyOf(heard);
    }
    rest.forEach(Applicant::dismiss);
    pool.shutdown();
  }

  /** A connection that is being heard. */
  final class Applicant implements Runnable {

    private final Socket socket;
    private final Consumer<Applicant> hearing;
    private volatile boolean hasGreeted;

    private Applicant(Socket socket, Consumer<Applicant> hearing) {
      this.socket = socket;
      this.hearing = hearing;
    }

    void markAsGreeted() {
      hasGreeted = true;
    }

    @Override
    public void run() {
      try {
        hearing.accept(this);
      } finally {
        remove(this);
      }
    }

    private void dismiss() {
      remove(this);
      try {
        socket.close();
      } catch (IOException e) {
        LOG.trace("Was closed badly: {}", socket, e);
      }
    }
  }
}
