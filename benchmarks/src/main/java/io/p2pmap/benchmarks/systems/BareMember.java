package io.p2pmap.benchmarks.systems;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.CborCodec;
import io.p2pmap.internal.codec.CborCodecs;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

/**
 * What replication costs at least: a hash map on each member, and messages of up to 60 KB that the
 * writer fills with encoded entries by hand. Nothing is ordered, stamped, checked, or repaired. The
 * codec and the map are those of this library.
 */
final class BareMember implements MemberMap, Receiver {

  private static final int BATCH_BYTES = 60_000;

  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  private final CborCodec<String> codec =
      new CborCodecs(List.of(), BareMember.class.getClassLoader()).codecOf(String.class);
  private final ByteWriter batch = new ByteWriter();
  private final JChannel channel;

  BareMember(Place place) throws Exception {
    channel = Channels.create(place);
    channel.setDiscardOwnMessages(true).setReceiver(this).connect(place.cluster());
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
    batch.writeBytes(codec.encode(key));
    batch.writeBytes(codec.encode(value));
    if (batch.length() >= BATCH_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (batch.length() == 0) {
      return;
    }
    try {
      channel.send(
          new BytesMessage(null, batch.toByteArray()).setFlag(Message.TransientFlag.DONT_LOOPBACK));
    } catch (Exception e) {
      throw new IllegalStateException("Not sent", e);
    }
    batch.reset();
  }

  @Override
  public void receive(MessageBatch messages) {
    messages.forEach(this::receive);
  }

  @Override
  public void receive(Message message) {
    byte[] bytes = message.getArray();
    ByteReader in = new ByteReader(bytes);
    in.skip(message.getOffset());
    int end = message.getOffset() + message.getLength();
    while (in.position() < end) {
      String key = codec.decode(in.readBytes(bytes.length));
      map.put(key, codec.decode(in.readBytes(bytes.length)));
    }
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public void close() {
    channel.close();
  }
}
