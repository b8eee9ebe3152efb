package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.wire.Mutation;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.NoBundler;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;

/**
 * The product's transport, but each packet that it sends is followed by mutations of itself, over
 * the same admitted connection: so they reach what only members reach, in every state of the
 * protocols.
 */
public final class HostileTransport {

  private static final int MUTATIONS_A_PACKET = 4;

  private HostileTransport() {}

  /**
   * Creates one that is not started.
   *
   * @param sent counts the mutated packets
   */
  public static Transport create(
      JGroupsSettings settings, Supplier<SSLContext> tls, Random random, AtomicLong sent) {
    return JGroupsTransport.adjusted(
        settings, tls, tcp -> tcp.setBundler(new MutatingBundler(random, sent)));
  }

  private static final class MutatingBundler extends NoBundler {

    private final Random random;
    private final AtomicLong sent;

    MutatingBundler(Random random, AtomicLong sent) {
      this.random = random;
      this.sent = sent;
    }

    @Override
    protected void sendSingle(Address destination, Message message, ByteArrayDataOutputStream out)
        throws Exception {
      Util.writeMessage(message, out, destination == null);
      byte[] packet = Arrays.copyOf(out.buffer(), out.position());
      transport.doSend(packet, 0, packet.length, destination);
      for (int i = 0; i < MUTATIONS_A_PACKET; i++) {
        byte[] mutated = Mutation.mutate(packet, random);
        transport.doSend(mutated, 0, mutated.length, destination);
        sent.incrementAndGet();
      }
    }
  }
}
