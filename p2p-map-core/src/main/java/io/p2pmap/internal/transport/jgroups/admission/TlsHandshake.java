package io.p2pmap.internal.transport.jgroups.admission;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Secures a connection with TLS 1.3 in which both sides show a certificate. */
final class TlsHandshake {

  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final Supplier<SSLContext> contexts;

  TlsHandshake(Supplier<SSLContext> contexts) {
    this.contexts = contexts;
  }

  void asClient(MeshSocket socket, InetSocketAddress peer, String protocol) throws IOException {
    String host = peer.getAddress().getHostAddress(); // a name would be looked up
    SSLSocket tls =
        (SSLSocket)
            contexts.get().getSocketFactory().createSocket(socket, host, peer.getPort(), false);
    secure(socket, tls, tls.getSSLParameters(), protocol);
  }

  void asServer(MeshSocket socket, String protocol) throws IOException {
    @Nullable InputStream nothingConsumed = null;
    SSLSocket tls =
        (SSLSocket) contexts.get().getSocketFactory().createSocket(socket, nothingConsumed, false);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setNeedClientAuth(true);
    secure(socket, tls, parameters, protocol);
  }

  private static void secure(
      MeshSocket socket, SSLSocket tls, SSLParameters parameters, String protocol)
      throws IOException {
    parameters.setProtocols(PROTOCOLS);
    parameters.setApplicationProtocols(new String[] {protocol});
    tls.setSSLParameters(parameters);
    translating(
        () -> {
          tls.startHandshake();
          return tls;
        });
    if (!protocol.equals(tls.getApplicationProtocol())) {
      throw new RefusedException(Refusal.NOT_OURS);
    }
    socket.secureWith(tls);
  }

  /**
   * Tells a refusal from a broken connection. In TLS 1.3 a client's handshake is over before the
   * server has looked at its certificate, so that its first read may be what fails.
   */
  static <T> T translating(TlsStep<T> step) throws IOException {
    try {
      return step.run();
    } catch (SSLException e) {
      if (e.getCause() instanceof EOFException) {
        throw e; // closed or killed meanwhile
      }
      throw new RefusedException(Refusal.NOT_TRUSTED, e);
    }
  }

  /** Reads or writes through TLS. */
  @FunctionalInterface
  interface TlsStep<T> {
    T run() throws IOException;
  }
}
