package io.p2pmap.discovery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A small name server on a loopback UDP port, with records of the types A, AAAA and SRV. */
public final class TestNameServer implements AutoCloseable {

  private static final int NXDOMAIN = 3;
  private static final Map<String, Integer> TYPES = Map.of("A", 1, "AAAA", 28, "SRV", 33);

  private record Question(String name, int type) {}

  private final Map<Question, List<byte[]>> zone = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final DatagramSocket socket;

  public TestNameServer() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread answering = new Thread(this::answerAll, "test-name-server");
    answering.setDaemon(true);
    answering.start();
  }

  /** Where it answers. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** How many questions it was asked. */
  public int questions() {
    return questions.get();
  }

  /** Sets all records of a name of the type A or AAAA, in place of earlier ones. */
  public void addresses(String type, String name, String... addresses) {
    set(type, name, Arrays.stream(addresses).map(TestNameServer::bytes).toList());
  }

  /** Sets all SRV records of a name, as {@code host:port}. */
  public void services(String name, String... services) {
    set("SRV", name, Arrays.stream(services).map(TestNameServer::service).toList());
  }

  private void set(String type, String name, List<byte[]> records) {
    zone.put(new Question(name, TYPES.get(type)), records);
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] service(String service) {
    String[] hostAndPort = service.split(":");
    byte[] target = encode(hostAndPort[0]);
    return ByteBuffer.allocate(6 + target.length)
        .putShort((short) 0) // priority
        .putShort((short) 0) // weight
        .putShort(Short.parseShort(hostAndPort[1]))
        .put(target)
        .array();
  }

  private static byte[] encode(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  private void answerAll() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        questions.incrementAndGet();
        byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private byte[] answer(ByteBuffer request) {
    short id = request.getShort();
    request.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = request.get(); length > 0; length = request.get()) {
      byte[] label = new byte[length];
      request.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    Question question = new Question(name.toString(), request.getShort());
    List<byte[]> records = zone.getOrDefault(question, List.of());
    boolean isKnown = zone.keySet().stream().anyMatch(q -> q.name().equals(question.name()));
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.putShort(id).putShort((short) (0x8580 | (isKnown ? 0 : NXDOMAIN)));
    answer.putShort((short) 1).putShort((short) records.size()).putInt(0);
    answer.put(encode(question.name())).putShort((short) question.type()).putShort((short) 1);
    for (byte[] data : records) {
      answer.putShort((short) 0xC00C); // the name in the question
      answer.putShort((short) question.type()).putShort((short) 1).putInt(0);
      answer.putShort((short) data.length).put(data);
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
