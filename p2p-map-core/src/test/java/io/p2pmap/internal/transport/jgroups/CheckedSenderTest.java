package io.p2pmap.internal.transport.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.Transport;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node lets through from channels that are not, or do not behave like, nodes. */
class CheckedSenderTest {

  private static final int RANGE = 1;

  private final String clusterName = "test-" + UUID.randomUUID();
  private final int port = FreePorts.first(RANGE + 2);
  private final UUID id = UUID.randomUUID();
  private final RecordingHandler handler = new RecordingHandler();
  private final JGroupsTransport node =
      new JGroupsTransport(
          new JGroupsSettings(
              clusterName, "node", id, InetAddress.getLoopbackAddress(), port, RANGE, null, 1, 1));

  @BeforeEach
  void start() {
    node.start(handler);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aMembersMessagesThatAreNoFramesAreDropped() throws Exception {
    try (RogueChannel member = RogueChannel.member(clusterName, port, RANGE, true)) {
      await().until(() -> handler.view().others().size() == 1);

      member.send(new EmptyMessage(null)); // stands for one that is gone, and is not counted
      member.send(new BytesMessage(null, "p2m".getBytes(UTF_8)));
      member.send(new BytesMessage(null, "something else".getBytes(UTF_8)));
      member.send(Frames.wrap(null, "frame".getBytes(UTF_8)));

      await().until(() -> !handler.received().isEmpty());
      assertThat(handler.framesFrom(member.id())).containsExactly("frame".getBytes(UTF_8));
      assertThat(node.drops().of(Drops.Reason.NOT_OURS)).isEqualTo(2);
    }
  }

  @Test
  void aMembersFrameLongerThanAllowedIsDropped() throws Exception {
    try (RogueChannel member = RogueChannel.member(clusterName, port, RANGE, true)) {
      await().until(() -> handler.view().others().size() == 1);

      member.send(Frames.wrap(null, new byte[Transport.MAX_FRAME_BYTES + 1]));
      member.send(Frames.wrap(null, new byte[Transport.MAX_FRAME_BYTES]));

      await().until(() -> !handler.received().isEmpty());
      assertThat(handler.received().get(0).frame()).hasSize(Transport.MAX_FRAME_BYTES);
      assertThat(node.drops().of(Drops.Reason.TOO_LONG)).isEqualTo(1);
    }
  }

  @Test
  void aMemberThatAnnouncesNothingIsNoPeerAndItsFramesAreDropped() throws Exception {
    try (RogueChannel stranger = RogueChannel.member(clusterName, port, RANGE, false)) {
      assertThat(stranger.members()).isEqualTo(2);

      stranger.send(Frames.wrap(null, new byte[1]));

      await().until(() -> node.drops().of(Drops.Reason.NOT_A_MEMBER) == 1);
      assertThat(handler.received()).isEmpty();
      assertThat(handler.views()).allMatch(view -> view.others().isEmpty());
    }
  }

  @Test
  void aFrameOfANodeOutsideTheViewIsDropped() throws Exception {
    try (RogueChannel outsider = RogueChannel.outsider(clusterName, port + RANGE + 1)) {
      outsider.learn(id, port);

      outsider.send(Frames.wrap(RogueChannel.address(id), new byte[1]));

      await().until(() -> node.droppedMessages() == 1);
      assertThat(node.drops().of(Drops.Reason.NOT_A_MEMBER)).isEqualTo(1);
      assertThat(handler.received()).isEmpty();
    }
  }

  @Test
  void noJavaObjectIsEverDeserialized() throws Exception {
    try (RogueChannel outsider = RogueChannel.outsider(clusterName, port + RANGE + 1)) {
      outsider.learn(id, port);
      outsider.send(unreliable(new ObjectMessage(RogueChannel.address(id), new Gadget())));

      await() // a frame that shared a packet with the object is lost with it
          .until(
              () -> {
                outsider.send(unreliable(Frames.wrap(RogueChannel.address(id), new byte[1])));
                return node.droppedMessages() > 0;
              });
      assertThat(Gadget.HAS_RUN).isFalse();
    }
  }

  @Test
  void garbageOnThePortKeepsNobodyFromJoining() throws Exception {
    byte[] garbage = new byte[1_000];
    new Random(1).nextBytes(garbage);
    try (Socket noise = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket silence = new Socket(InetAddress.getLoopbackAddress(), port)) {
      noise.getOutputStream().write(garbage);
      assertThat(silence.isConnected()).isTrue();

      try (RogueChannel member = RogueChannel.member(clusterName, port, RANGE, true)) {
        assertThat(member.members()).isEqualTo(2);
      }
    }
  }

  /** Sent once and in order: a lost one does not hold up those after it. */
  private static Message unreliable(Message message) {
    return message.setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.DONT_BUNDLE);
  }

  /** Harmless, but shows that somebody else's code would have run. */
  private static final class Gadget implements Serializable {

    static final AtomicBoolean HAS_RUN = new AtomicBoolean();

    private void readObject(ObjectInputStream input) {
      HAS_RUN.set(true);
    }
  }
}
