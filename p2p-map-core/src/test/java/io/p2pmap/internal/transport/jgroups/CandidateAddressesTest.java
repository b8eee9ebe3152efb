package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

class CandidateAddressesTest {

  private static final InetSocketAddress A = new InetSocketAddress("127.0.0.2", 7800);

  private volatile Collection<InetSocketAddress> found = List.of(A);
  private volatile RuntimeException failure;

  private Collection<InetSocketAddress> find() {
    if (failure != null) {
      throw failure;
    }
    return found;
  }

  @Test
  void eachQuestionIsAskedAnew() {
    CandidateAddresses candidates = new CandidateAddresses(this::find);
    assertThat(candidates.ask()).containsExactly(ip("127.0.0.2"));
    found = List.of(new InetSocketAddress("127.0.0.3", 7800));

    assertThat(candidates.ask()).containsExactly(ip("127.0.0.3"));
  }

  @Test
  void unresolvedAddressesAreLeftOut() {
    found = List.of(A, InetSocketAddress.createUnresolved("b", 7800));

    assertThat(new CandidateAddresses(this::find).ask()).containsExactly(ip("127.0.0.2"));
  }

  @Test
  void theLastAnswerServesWhileAskingFails() {
    CandidateAddresses candidates = new CandidateAddresses(this::find);
    candidates.ask();
    failure = new IllegalStateException("name server is down");

    assertThat(candidates.ask()).containsExactly(ip("127.0.0.2"));
  }

  @Test
  void aSlowSourceHoldsOneThreadOnly() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    CandidateAddresses candidates =
        new CandidateAddresses(
            () -> {
              questions.incrementAndGet();
              awaitUninterrupted(answers);
              return List.of(A);
            });
    CompletableFuture<?> first = CompletableFuture.supplyAsync(candidates::ask);
    await().until(() -> questions.get() == 1);

    assertThat(candidates.ask()).isEmpty();
    assertThat(questions).hasValue(1);
    answers.countDown();
    first.join();
    assertThat(candidates.ask()).containsExactly(ip("127.0.0.2"));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IpAddress ip(String host) {
    return new IpAddress(new InetSocketAddress(host, 7800));
  }
}
