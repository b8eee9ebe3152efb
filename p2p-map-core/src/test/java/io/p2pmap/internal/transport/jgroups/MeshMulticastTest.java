package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.Digest;
import org.junit.jupiter.api.Test;

/** What a merge does to the numbers of messages, made by hand. */
class MeshMulticastTest {

  private static final int SENT = 50;

  private final TestPorts ports = TestPorts.unused(3);

  private static final class Kept implements Receiver {
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void receive(Message message) {
      messages.add(message);
    }

    private long contents() {
      return messages.stream().filter(message -> !MeshMulticast.isNothing(message)).count();
    }
  }

  @Test
  void whoBeginsBeforeWhatIsStillThereHearsWhatFollows() throws Exception {
    try (RogueChannel sender = RogueChannel.member(ports.clusterName(), ports.first(), 1, true);
        RogueChannel other = RogueChannel.member(ports.clusterName(), ports.first(), 1, true)) {
      await().until(() -> sender.members() == 2 && other.members() == 2);
      Kept kept = new Kept();
      other.deliverTo(kept);
      NAKACK4 numbers = sender.protocol(NAKACK4.class);
      long before = numbers.getNumUnackedMessages();
      for (int i = 0; i < SENT; i++) {
        sender.send(new BytesMessage(null, new byte[] {1}));
      }
      await().until(() -> kept.contents() == SENT);
      long last = numbers.getBuf(sender.address()).high();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> numbers.getBuf(sender.address()).low() >= last); // all is acknowledged

      begin(other, sender, last - SENT / 2, last);
      sender.send(new BytesMessage(null, new byte[] {2}));

      await().atMost(Duration.ofSeconds(20)).until(() -> kept.contents() == SENT + 1);
      assertThat(kept.messages).hasSize(SENT + 1 + SENT / 2);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> numbers.getNumUnackedMessages() <= before); // so nobody will stand still
    }
  }

  @Test
  void ofWhatComesBeforeTheFirstViewTheLastIsKept() {
    MeshMulticast multicast = new MeshMulticast();
    multicast.setBecomeServerQueueSize(2);
    Message[] messages = {new EmptyMessage(), new EmptyMessage(), new EmptyMessage()};

    for (Message message : messages) {
      multicast.becomeServerQueue().offer(message);
    }

    assertThat(multicast.becomeServerQueue()).containsExactly(messages[1], messages[2]);
  }

  /** Whatever the sender sends later, views among it, waits for the missing one. */
  @Test
  void whatIsMissingIsAskedForWithinASecond() throws Exception {
    try (RogueChannel sender = member();
        RogueChannel other = member()) {
      await().until(() -> sender.members() == 2 && other.members() == 2);
      Kept kept = new Kept();
      other.deliverTo(kept);
      sender.send(new BytesMessage(null, new byte[] {1}));
      await().until(() -> kept.messages.size() == 1);
      Duration fastest = Duration.ofDays(1); // of several, for machines that are busy
      for (int round = 1; round <= 3; round++) {
        long last = sender.protocol(NAKACK4.class).getBuf(sender.address()).high();
        begin(other, sender, last - 1, last); // as if the last one had not come

        sender.send(new BytesMessage(null, new byte[] {1}));
        long startNanos = System.nanoTime();

        int expected = 1 + 2 * round;
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> kept.messages.size() == expected);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
        fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
      }
      assertThat(fastest).isLessThan(Duration.ofMillis(900));
    }
  }

  @Test
  void whoCountsANodeThatDoesNotCountItIsNotHeldUp() throws Exception {
    try (RogueChannel a = member();
        RogueChannel b = member();
        RogueChannel c = member()) {
      await().until(() -> a.members() == 3 && b.members() == 3 && c.members() == 3);

      for (RogueChannel one : List.of(a, b, c)) {
        one.protocol(MeshMerge.class).stop(); // until it gets its view: not before c has sent
      }
      View withoutC = View.create(a.address(), 100, a.address(), b.address());
      a.protocol(GMS.class).installView(withoutC);
      b.protocol(GMS.class).installView(withoutC);
      c.protocol(GMS.class).installView(View.create(c.address(), 101, c.address(), b.address()));
      CompletableFuture<Void> isSent = CompletableFuture.runAsync(() -> sendMany(c));

      await().atMost(Duration.ofSeconds(30)).until(isSent::isDone);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> a.members() == 3 && b.members() == 3 && c.members() == 3);
    }
  }

  /** Lets {@code receiver} have delivered this much of what {@code sender} has sent. */
  private static void begin(RogueChannel receiver, RogueChannel sender, long delivered, long last) {
    receiver
        .protocol(NAKACK4.class)
        .down(new Event(Event.OVERWRITE_DIGEST, new Digest(sender.address(), delivered, last)));
  }

  private RogueChannel member() throws Exception {
    return RogueChannel.member(ports.clusterName(), ports.first(), ports.range(), true);
  }

  /** More than fits into the window of what nobody has acknowledged. */
  private static void sendMany(RogueChannel sender) {
    try {
      for (int i = 0; i < 3_000; i++) {
        sender.send(new BytesMessage(null, new byte[] {1}));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
