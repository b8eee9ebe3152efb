package io.p2pmap.internal.transport.jgroups.admission;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections that are admitted already. JGroups accepts on one thread and reads there what
 * a client says first; here each client is heard on a thread of its own, so that silent and slow
 * ones hold up nobody.
 *
 * <p>Threading: {@link #accept} from one thread, {@link #close} from any. One thread of its own
 * accepts, others admit; all are daemons and end on close.
 */
final class AdmittingServerSocket extends ServerSocket {

  private static final Logger LOG = LoggerFactory.getLogger(AdmittingServerSocket.class);

  private static final int MAX_WAITING_FOR_JGROUPS = 64;

  /** After an accept that failed, usually for want of file descriptors. */
  private static final long PAUSE_NANOS = 50_000_000;

  private final Admission admission;
  private final Applicants applicants = new Applicants();
  private final AtomicBoolean isAccepting = new AtomicBoolean();
  private final BlockingQueue<MeshSocket> admitted =
      new ArrayBlockingQueue<>(MAX_WAITING_FOR_JGROUPS);

  AdmittingServerSocket(Admission admission) throws IOException {
    this.admission = admission;
  }

  /** Waits for a connection of a node of this cluster. */
  @Override
  public Socket accept() throws IOException {
    if (isAccepting.compareAndSet(false, true)) {
      DaemonThread.start("p2pmap-accept-" + getLocalPort(), this::acceptAll);
    }
    try {
      return admitted.take();
    } catch (InterruptedException e) { // how JGroups ends this thread
      Thread.currentThread().interrupt();
      throw new SocketException("Interrupted while accepting");
    }
  }

  private void acceptAll() {
    while (!isClosed()) {
      try {
        MeshSocket socket = MeshSocket.toAccept(admission);
        implAccept(socket);
        applicants.hear(socket, applicant -> admit(socket, applicant));
      } catch (IOException | RuntimeException e) {
        if (!isClosed()) {
          LOG.debug("Can't accept a connection", e);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void admit(MeshSocket socket, Applicants.Applicant applicant) {
    try {
      admission.grant(socket, applicant::markAsGreeted);
      if (isClosed() || !admitted.offer(socket)) {
        socket.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("Not admitted: {}", socket, e);
      Farewell.close(socket);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    applicants.close();
    if (isAccepting.get()) { // or else it is closed for another port to be tried
      admission.abandonRequests();
    }
    for (MeshSocket socket = admitted.poll(); socket != null; socket = admitted.poll()) {
      socket.close();
    }
  }
}
