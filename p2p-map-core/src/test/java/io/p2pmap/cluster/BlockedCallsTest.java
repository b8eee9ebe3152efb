package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * A call that waits for somebody who waits is held up; one that waits for somebody who works is
 * not.
 */
class BlockedCallsTest {

  private final BlockedCalls calls = new BlockedCalls();
  private final ReentrantLock lock = new ReentrantLock();

  /** Lets another thread work under the lock, and measures a call that needs it. */
  private String heldUpBy(Runnable work) throws InterruptedException {
    CountDownLatch isLocked = new CountDownLatch(1);
    Thread owner =
        new Thread(
            () -> {
              lock.lock();
              isLocked.countDown();
              work.run();
              lock.unlock();
            });
    owner.start();
    isLocked.await();
    calls.measure(
        () -> {
          lock.lock();
          lock.unlock();
        });
    owner.join();
    return calls.toLine().at(2);
  }

  @Test
  void aCallThatWaitsForASleeperIsHeldUp() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    String heldUp =
        heldUpBy(
            () -> {
              try {
                never.await(500, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(heldUp).contains("CountDownLatch");
  }

  @Test
  void aCallThatWaitsForSomebodyAtWorkIsNotHeldUp() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
    String heldUp =
        heldUpBy(
            () -> {
              while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
              }
            });
    assertThat(heldUp).isNull();
    assertThat(calls.toLine().integer(0)).isEqualTo(1);
  }
}
