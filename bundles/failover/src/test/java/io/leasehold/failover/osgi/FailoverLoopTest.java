// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.effect.Moment;
import io.leasehold.testkit.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Relationships do not touch each other (RFC 7031 section 7). */
final class FailoverLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FailoverLoop loop = new FailoverLoop(InstantSource.system(), System::nanoTime);

  @AfterEach
  void close() {
    loop.close();
  }

  /** Counts its turns. */
  private static class Counted implements FailoverLoop.Turns {
    final AtomicInteger turns = new AtomicInteger();
    final AtomicInteger faults = new AtomicInteger();
    volatile int most;
    volatile long lastTurnNanos = System.nanoTime();
    volatile int events;
    volatile boolean faulty;
    volatile LongSupplier deadline = () -> Moment.NEVER;

    @Override
    public int turn(int most) {
      this.most = most;
      lastTurnNanos = System.nanoTime();
      turns.incrementAndGet();
      if (faulty) {
        throw new IllegalStateException("a fault of the test");
      }
      return events;
    }

    @Override
    public long deadline() {
      return deadline.getAsLong();
    }

    @Override
    public void failed(RuntimeException why) {
      faults.incrementAndGet();
    }
  }

  @Test
  void muchOfOneKeepsNoOtherWaiting() {
    Counted busy = new Counted();
    busy.events = FailoverLoop.MOST_AT_A_TIME;
    Counted other = new Counted();
    loop.add(busy);
    loop.add(other);
    Await.until(PATIENCE, () -> other.turns.get() > 1000);
    assertThat(busy.most).as("events at a time").isEqualTo(256);
  }

  @Test
  void aFaultOfOneIsNotThatOfOthers() {
    Counted faulty = new Counted();
    faulty.faulty = true;
    Counted other = new Counted();
    other.events = 1;
    loop.add(faulty);
    loop.add(other);
    Await.until(PATIENCE, () -> other.turns.get() > 5);
    assertThat(faulty.faults.get()).isPositive();
    loop.remove(faulty);
  }

  @Test
  void aTurnComesWhenItsTimeHas() {
    Counted timed = new Counted();
    long at = System.nanoTime() + Duration.ofMillis(200).toNanos();
    timed.deadline = () -> timed.lastTurnNanos - at < 0 ? at : Moment.NEVER;
    loop.add(timed);

    Await.until(PATIENCE, () -> timed.lastTurnNanos - at >= 0);
    assertThat(timed.turns.get()).as("it slept until then").isLessThan(10);
  }

  @Test
  void whatGathersIsOneTurn() {
    Counted woken = new Counted();
    woken.events = 1;
    loop.add(woken);
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    Await.until(
        PATIENCE,
        () -> {
          loop.wake();
          return System.nanoTime() - end > 0;
        });
    assertThat(woken.turns.get()).as("turns in half a second").isLessThan(100);
  }

  @Test
  void whoHurriesNeedNotWaitForARest() {
    Counted woken = new Counted();
    woken.events = 1;
    loop.add(woken);
    Await.until(PATIENCE, () -> nanosOfFiftyTurns(woken) < Duration.ofMillis(250).toNanos());
  }

  /** With rests it would be half a second. */
  private long nanosOfFiftyTurns(Counted woken) {
    long began = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      long since = System.nanoTime();
      loop.hurry();
      while (woken.lastTurnNanos - since < 0) {
        Thread.onSpinWait();
      }
    }
    return System.nanoTime() - began;
  }

  @Test
  void aFaultWhileOneIsMendedEndsNothing() {
    Counted hopeless =
        new Counted() {
          @Override
          public void failed(RuntimeException why) {
            throw why;
          }
        };
    hopeless.faulty = true;
    Counted other = new Counted();
    loop.add(hopeless);
    loop.add(other);
    Await.until(PATIENCE, () -> other.turns.get() > 5 && hopeless.turns.get() > 5);
  }

  @Test
  void whoWakesTheThreadHasATurn() {
    Counted woken = new Counted();
    loop.add(woken);
    for (int i = 0; i < 200; i++) {
      long since = System.nanoTime();
      loop.wake();
      Await.until(Duration.ofMillis(900), () -> woken.lastTurnNanos - since >= 0);
    }
  }

  @Test
  void nothingTurnsThatHasNothingToDo() {
    Counted idle = new Counted();
    loop.add(idle);
    Await.until(PATIENCE, () -> idle.turns.get() > 0);
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    Await.until(PATIENCE, () -> System.nanoTime() - end > 0);
    assertThat(idle.turns.get()).isLessThan(10);
  }
}
