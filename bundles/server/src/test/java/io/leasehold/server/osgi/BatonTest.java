// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatonTest {
  private final AtomicInteger wakes = new AtomicInteger();
  private final Baton baton = new Baton(wakes::incrementAndGet);

  @Test
  void oneHoldsItAtATime() {
    assertThat(baton.take()).isTrue();
    assertThat(baton.take()).isFalse();
    assertThat(baton.takeAsOwner()).isFalse();
  }

  @Test
  void itIsFreeAgainWhenNobodyHasCalled() {
    baton.take();

    assertThat(baton.release()).isTrue();
    assertThat(baton.take()).isTrue();
    assertThat(wakes).hasValue(0);
  }

  @Test
  void whoWasCalledLooksOnceMore() {
    baton.take();
    baton.take();
    baton.take();

    assertThat(baton.release()).isFalse();
    assertThat(baton.take()).as("still held").isFalse();
    assertThat(baton.release()).isFalse();
    assertThat(baton.release()).isTrue();
  }

  @Test
  void theOwnerGetsWhatItAskedForAndNobodyElse() {
    baton.take();
    baton.takeAsOwner();
    baton.take();

    assertThat(baton.release()).as("is no longer the holder's").isTrue();
    assertThat(wakes).hasValue(1);
    assertThat(baton.take()).isFalse();
    assertThat(baton.takeAsOwner()).isTrue();
    assertThat(baton.release()).isTrue();
    assertThat(baton.take()).isTrue();
  }

  @Test
  void whatIsPassedOnWaitsForTheOwner() {
    baton.take();

    baton.pass();

    assertThat(wakes).hasValue(1);
    assertThat(baton.take()).isFalse();
    assertThat(baton.takeAsOwner()).isTrue();
  }

  /** Many bring work, and the owner has its own: none is lost, and no two work at once. */
  @Test
  @Timeout(30)
  void nothingIsLostAndNobodyWorksBesideAnother() throws InterruptedException {
    int bringers = 3;
    int each = 10_000;
    Work work = new Work(bringers);
    work.owner.start();
    List<Thread> threads = new ArrayList<>();
    for (int bringer = 0; bringer < bringers; bringer++) {
      int number = bringer;
      threads.add(new Thread(() -> work.bring(number, each)));
    }
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    Await.until(Duration.ofSeconds(20), () -> work.isDone(bringers * each));
    work.ended = true;
    LockSupport.unpark(work.owner);
    work.owner.join();
    assertThat(work.disorder).isZero();
    assertThat(work.done).isEqualTo(bringers * each);
    assertThat(work.lonely).as("only the owner does what is for it").isZero();
  }

  /** What is guarded by the baton has no other guard. */
  private static final class Work {
    private record Item(int bringer, int number) {}

    private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> forOwner = new ConcurrentLinkedQueue<>();
    private final Thread owner = new Thread(this::own);
    private final Baton baton = new Baton(() -> LockSupport.unpark(owner));
    private final AtomicIntegerArray next;
    private final Phaser together;
    private int done;
    private int forOwnerDone;
    private int disorder;
    private int lonely;
    private volatile int seenDone;
    private volatile boolean ended;

    Work(int bringers) {
      next = new AtomicIntegerArray(bringers);
      together = new Phaser(bringers);
      owner.setDaemon(true);
    }

    boolean isDone(int all) {
      return seenDone == all && items.isEmpty() && forOwner.isEmpty();
    }

    void bring(int bringer, int count) {
      for (int number = 0; number < count; number++) {
        together.arriveAndAwaitAdvance();
        items.add(new Item(bringer, number));
        if (number % 100 == 0) {
          forOwner.add(number);
          LockSupport.unpark(owner);
        }
        if (baton.take()) {
          int rounds = 0;
          do {
            work(false);
          } while (!baton.release() && ++rounds < 3);
          if (rounds == 3) {
            baton.pass();
          }
        }
        awaitDone(bringer, number);
      }
    }

    /** Nobody goes on before all is done, so that a call which is lost is not made up for. */
    private void awaitDone(int bringer, int number) {
      while (next.get(bringer) <= number) {
        Thread.yield();
      }
    }

    private void own() {
      while (!ended) {
        if (baton.takeAsOwner()) {
          do {
            work(true);
          } while (!baton.release());
        }
        LockSupport.park(this);
      }
    }

    private void work(boolean asOwner) {
      if (asOwner) {
        while (forOwner.poll() != null) {
          forOwnerDone++;
        }
      }
      int before = forOwnerDone;
      for (Item item; (item = items.poll()) != null; done++) {
        if (item.number() != next.getAndIncrement(item.bringer())) {
          disorder++;
        }
      }
      lonely += forOwnerDone - before;
      seenDone = done;
    }
  }
}
