package io.p2pmap.internal.transport.jgroups.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicantsTest {

  private final Applicants applicants = new Applicants();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void endAll() {
    end.countDown();
    applicants.close();
  }

  @Test
  void whoHasNotGreetedMakesRoomFirstTheOldestBeforeOthers() throws InterruptedException {
    hear(true);
    for (int i = 1; i < Applicants.MAX; i++) {
      hear(false);
    }
    assertThat(sockets).noneMatch(Socket::isClosed);

    hear(true);
    hear(true);

    await().until(() -> sockets.stream().filter(Socket::isClosed).count() == 2);
    assertThat(sockets.get(0).isClosed()).isFalse();
    assertThat(sockets.get(1).isClosed()).isTrue();
    assertThat(sockets.get(2).isClosed()).isTrue();
  }

  @Test
  void amongThoseWhoHaveAllGreetedTheOldestMakesRoom() throws InterruptedException {
    for (int i = 0; i <= Applicants.MAX; i++) {
      hear(true);
    }

    assertThat(sockets.stream().filter(Socket::isClosed)).containsExactly(sockets.get(0));
  }

  private void hear(boolean greets) throws InterruptedException {
    Socket socket = new Socket();
    sockets.add(socket);
    CountDownLatch isHeard = new CountDownLatch(1);
    applicants.hear(
        socket,
        applicant -> {
          if (greets) {
            applicant.markAsGreeted();
          }
          isHeard.countDown();
          awaitEnd();
        });
    isHeard.await();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
