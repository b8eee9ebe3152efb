package io.p2pmap.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection to a node's port, for bytes of any kind. */
final class RawPeer implements AutoCloseable {

  private final Socket socket = new Socket();

  private RawPeer(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
  }

  static RawPeer connect(int port) throws IOException {
    return new RawPeer(port);
  }

  /** Sends, as far as the other side still listens. */
  RawPeer send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      return this; // closed by the other side, which the answer will show
    }
    return this;
  }

  /** What it gets until the other side closes. Fails if that does not come in time. */
  byte[] answer(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
    InputStream input = socket.getInputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        answer.write(buffer, 0, length);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The connection is still open after " + limit, e);
    } catch (SocketException e) {
      return answer.toByteArray(); // a reset ends it as well
    }
    return answer.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
