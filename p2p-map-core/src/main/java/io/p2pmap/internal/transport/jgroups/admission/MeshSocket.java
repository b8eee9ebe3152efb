package io.p2pmap.internal.transport.jgroups.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is connected only when both ends have admitted each other. What is read and written
 * then is encrypted, if the cluster is secured.
 *
 * <p>Closing it closes the connection at once, without TLS's goodbye: that could wait for a writer
 * that is stuck, and JGroups' packets say themselves how long they are and whether one is missing.
 *
 * <p>Threading: like any socket.
 */
final class MeshSocket extends Socket {

  private final Admission admission;
  private final DeadlineInput raw = new DeadlineInput(this);
  private volatile @Nullable SSLSocket secured;
  private byte[] readAhead = {};

  /** An unconnected socket, for connecting. */
  MeshSocket(Admission admission) {
    this.admission = admission;
  }

  private MeshSocket(Admission admission, @Nullable SocketImpl noneYet) throws IOException {
    super(noneYet);
    this.admission = admission;
  }

  /** An unconnected socket, for {@code ServerSocket.implAccept}. */
  static MeshSocket toAccept(Admission admission) throws IOException {
    return new MeshSocket(admission, null);
  }

  /**
   * Connects and asks to be admitted.
   *
   * @param timeoutMillis for the connection alone; the admission has its own limit
   * @throws IOException also if one of the two ends refuses the other
   */
  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    try {
      admission.requireMayTry(endpoint);
      super.connect(endpoint, timeoutMillis);
      admission.request(this, (InetSocketAddress) endpoint);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** From now on reads fail when {@code limit} is over, however they are spread. */
  void limitReading(Duration limit) {
    raw.startClock(limit);
  }

  void unlimitReading() throws IOException {
    raw.stopClock();
  }

  /** From now on everything goes through {@code tls}, which is layered over this socket. */
  void secureWith(SSLSocket tls) {
    secured = tls;
  }

  /** Gives back bytes that were read too early. */
  void unread(byte[] bytes) {
    readAhead = bytes.clone();
  }

  /** What comes over the wire, not decrypted. */
  InputStream rawInput() throws IOException {
    return raw.over(super.getInputStream());
  }

  /** Also called once by the TLS socket on top, before it is known here, for the raw bytes. */
  @Override
  public InputStream getInputStream() throws IOException {
    SSLSocket tls = secured;
    InputStream input = tls == null ? rawInput() : tls.getInputStream();
    return readAhead.length == 0
        ? input
        : new SequenceInputStream(new ByteArrayInputStream(readAhead), input);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    SSLSocket tls = secured;
    return tls == null ? super.getOutputStream() : tls.getOutputStream();
  }
}
