// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.metric.Counters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More comes in than a lane can do, in virtual time: what is left of it is told in exchanges. */
class OverloadTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int CAPACITY = 2_000;
  private static final int SECONDS = 4;

  private final Agenda agenda = new Agenda();
  private final Counters counters = new Counters();
  private long staleBefore;

  private Crowd crowd(BusyLane.Queue queue, int tries) {
    return new Crowd(agenda, new BusyLane(agenda, queue, counters), tries);
  }

  private Crowd crowd(int tries) {
    return crowd(BusyLane.served(counters), tries);
  }

  /** Exchanges that are completed in a second while so many begin. */
  private int goodput(Crowd crowd, int perSecond) {
    long end = agenda.now() + (SECONDS + 3) * SECOND;
    crowd.begin(perSecond, end);
    agenda.runUntil(agenda.now() + 3 * SECOND);
    int before = crowd.leased();
    crowd.slowestMillis();
    staleBefore = count("pkt6-drop-stale");
    agenda.runUntil(end);
    return (crowd.leased() - before) / SECONDS;
  }

  private long count(String counter) {
    return counters.snapshot().getOrDefault(counter, 0L);
  }

  @Test
  void nothingIsDroppedAtALoadThatCanBeServed() {
    assertThat(goodput(crowd(1), CAPACITY * 9 / 10)).isBetween(1_790, 1_810);
    assertThat(count("pkt6-receive-drop")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 20, 30, 100})
  void goodputStaysWhateverIsOffered(int tenths) {
    Crowd impatient = crowd(1);

    assertThat(goodput(impatient, CAPACITY * tenths / 10)).isGreaterThan(CAPACITY * 95 / 100);
    assertThat(impatient.slowestMillis()).isLessThan(300);
    assertThat(count("pkt6-drop-stale")).as("work for nothing").isEqualTo(staleBefore);
    assertThat(count("pkt6-queue-full")).isZero();
    assertThat(count("pkt6-drop-overload")).isPositive();
  }

  @Test
  void goodputStaysWhenClientsSendAgain() {
    assertThat(goodput(crowd(3), 3 * CAPACITY)).isGreaterThan(CAPACITY * 95 / 100);
  }

  @Test
  void withoutControlNextToNothingIsLeft() {
    assertThat(goodput(crowd(new FirstComeFirstServed(), 1), 3 * CAPACITY))
        .as("a bounded queue alone")
        .isLessThan(CAPACITY / 4);
  }

  @Test
  void whoeverHasALeaseKeepsIt() {
    Crowd crowd = crowd(1);
    for (int n = 0; n < 300; n++) {
      crowd.begin();
    }
    agenda.runUntil(agenda.now() + 2 * SECOND);
    assertThat(crowd.leased()).isEqualTo(300);

    long end = agenda.now() + 6 * SECOND;
    crowd.renew(300, 200, end);
    crowd.begin(3 * CAPACITY, end);
    agenda.runUntil(end + SECOND);

    assertThat(crowd.askedToRenew()).isEqualTo(1200);
    assertThat(crowd.renewed()).isEqualTo(1200);
  }

  @Test
  void aTownThatIsSwitchedOnAtOnceIsServed() {
    Crowd crowd = crowd(5);
    for (int n = 0; n < 10_000; n++) {
      agenda.after(n % 3 * SECOND + n * 10_000, crowd::begin);
    }
    agenda.runUntil(agenda.now() + 32 * SECOND);

    assertThat(crowd.leased()).isEqualTo(10_000);
  }

  @Test
  void aBurstAfterQuietTimesIsServed() {
    Crowd crowd = crowd(1);
    crowd.begin(50, 3 * SECOND);
    agenda.runUntil(3 * SECOND);
    for (int n = 0; n < 800; n++) {
      crowd.begin();
    }
    agenda.runUntil(6 * SECOND);

    assertThat(crowd.leased()).isEqualTo(150 + 800);
    assertThat(count("pkt6-receive-drop")).isZero();
  }

  @Test
  void afterwardsEverybodyIsServed() {
    Crowd crowd = crowd(1);
    goodput(crowd, 3 * CAPACITY);
    agenda.runUntil(agenda.now() + 2 * SECOND);
    long dropped = count("pkt6-receive-drop");

    assertThat(goodput(crowd, CAPACITY / 2)).isEqualTo(CAPACITY / 2);
    assertThat(count("pkt6-receive-drop")).isEqualTo(dropped);
  }

  /** As large as the server's own queue, and without any choice. */
  private static final class FirstComeFirstServed implements BusyLane.Queue {
    private final Deque<Job<?>> jobs = new ArrayDeque<>();

    @Override
    public void offer(Job<?> job, long now) {
      if (jobs.size() < 8192) {
        jobs.add(job);
      }
    }

    @Override
    public Runnable take(List<Job<?>> into, boolean withPromises, long now) {
      while (into.size() < 64
          && !jobs.isEmpty()
          && (withPromises || !jobs.element().request().promises())) {
        into.add(jobs.remove());
      }
      return () -> {};
    }

    @Override
    public void turned(long now) {
      // It does not care.
    }
  }
}
