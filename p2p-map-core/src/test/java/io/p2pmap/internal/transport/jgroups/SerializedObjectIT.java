package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.TestAuthority;
import io.p2pmap.cluster.TestSecrets;
import io.p2pmap.internal.security.SecretTls;
import io.p2pmap.internal.security.SharedSecret;
import io.p2pmap.internal.transport.RecordingHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A serialized object sent to a node is not deserialized, whoever sends it and however. */
class SerializedObjectIT {

  private final TestPorts ports = TestPorts.unused(1);

  private enum Mode {
    PLAINTEXT,
    SHARED_SECRET,
    CERTIFICATES
  }

  @BeforeEach
  @AfterEach
  void nothingHasRunYet() {
    Gadget.HAS_RUN.set(false);
  }

  @Test
  void theGadgetWorks() throws Exception {
    ByteArrayInputStream bytes = new ByteArrayInputStream(serializedGadget());
    try (ObjectInputStream input = new ObjectInputStream(bytes)) {
      assertThat(input.readObject()).isInstanceOf(Gadget.class);
    }
    assertThat(Gadget.HAS_RUN).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void byAStranger(Mode mode) throws Exception {
    try (JGroupsTransport node = started(keys(mode));
        Socket stranger = new Socket(InetAddress.getLoopbackAddress(), ports.first())) {
      stranger.setSoTimeout(20_000);
      stranger.getOutputStream().write(serializedGadget());

      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
      assertThat(node.refusedConnections()).isEqualTo(1);
      assertThat(Gadget.HAS_RUN).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bySomebodyWhoWasLetIn(Mode mode) throws Exception {
    Supplier<SSLContext> keys = keys(mode);
    JGroupsSettings settings = ports.settings("node");
    try (JGroupsTransport node = new JGroupsTransport(settings, keys)) {
      node.start(new RecordingHandler());
      try (RogueChannel insider =
          RogueChannel.outsider(ports.clusterName(), ports.first() + 1, keys)) {
        insider.learn(settings.incarnation(), ports.first());
        insider.send(
            unreliable(
                new ObjectMessage(RogueChannel.address(settings.incarnation()), new Gadget())));

        await() // a frame that shared a packet with the object is lost with it
            .until(
                () -> {
                  insider.send(
                      unreliable(
                          Frames.wrap(RogueChannel.address(settings.incarnation()), new byte[1])));
                  return node.droppedMessages() > 0;
                });
        assertThat(Gadget.HAS_RUN).isFalse();
      }
    }
  }

  private JGroupsTransport started(Supplier<SSLContext> keys) {
    JGroupsTransport node = new JGroupsTransport(ports.settings("node"), keys);
    node.start(new RecordingHandler());
    return node;
  }

  private Supplier<SSLContext> keys(Mode mode) {
    SSLContext context =
        switch (mode) {
          case PLAINTEXT -> null;
          case SHARED_SECRET ->
              SecretTls.context(
                  ports.clusterName(), SharedSecret.parse(TestSecrets.random()), List.of());
          case CERTIFICATES -> {
            TestAuthority authority = TestAuthority.first();
            yield authority.contextTrusting(authority);
          }
        };
    return context == null ? null : () -> context;
  }

  private static byte[] serializedGadget() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(new Gadget());
    }
    return bytes.toByteArray();
  }

  /** Sent once and in order: a lost one does not hold up those after it. */
  private static Message unreliable(Message message) {
    return message.setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.DONT_BUNDLE);
  }

  /** Harmless, but shows that somebody else's code would have run. */
  private static final class Gadget implements Serializable {

    private static final long serialVersionUID = 1L;

    static final AtomicBoolean HAS_RUN = new AtomicBoolean();

    private void readObject(ObjectInputStream input) {
      HAS_RUN.set(true);
    }
  }
}
