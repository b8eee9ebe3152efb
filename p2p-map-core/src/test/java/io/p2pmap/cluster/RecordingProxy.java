package io.p2pmap.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Hands connections on to a node and keeps every byte of both directions, as somebody on the
 * network between two nodes could. It can also let them stand still.
 */
public final class RecordingProxy implements AutoCloseable {

  private final ServerSocket server;
  private final IntSupplier target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<ByteArrayOutputStream> requests = new CopyOnWriteArrayList<>();
  private final List<ByteArrayOutputStream> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger stalls = new AtomicInteger();

  /** Listens on a free loopback port and connects to that of {@code target}. */
  public RecordingProxy(IntSupplier target) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    run(this::acceptAll);
  }

  public int port() {
    return server.getLocalPort();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** What the clients sent, a connection each. */
  public List<byte[]> requests() {
    return requests.stream().map(RecordingProxy::copy).toList();
  }

  /** Everything, of both directions, a direction of a connection each. */
  public List<byte[]> recorded() {
    return Stream.concat(requests.stream(), answers.stream()).map(RecordingProxy::copy).toList();
  }

  /** From now on nothing comes through the connections that there are; later ones are whole. */
  public void stall() {
    stalls.incrementAndGet();
  }

  private static byte[] copy(ByteArrayOutputStream bytes) {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        Socket node = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
        sockets.add(node);
        pump(client, node, requests);
        pump(node, client, answers);
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        run(this::acceptAll); // the node was not there
      }
    }
  }

  private void pump(Socket from, Socket to, List<ByteArrayOutputStream> records) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    records.add(record);
    int stallsBefore = stalls.get();
    run(
        () -> {
          try (from;
              to;
              InputStream in = from.getInputStream();
              OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
              synchronized (record) {
                record.write(buffer, 0, length);
              }
              if (stalls.get() == stallsBefore) {
                out.write(buffer, 0, length);
              }
            }
          } catch (IOException e) {
            return; // one of the two has closed
          }
        });
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "recording-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
