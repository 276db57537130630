// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;
import io.leasehold.server.metric.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for a lane when more comes in than can be decided. */
class BacklogTest {
  private static final int CAPACITY = 16;
  private static final long MILLI = 1_000_000;

  private final Counters counters = new Counters();
  private final Backlog backlog = new Backlog(CAPACITY, counters, 1);
  private long now;
  private int clients;

  private Job<?> job(int type) {
    return SomeJobs.of(type, ++clients);
  }

  private boolean offer(int type) {
    return backlog.offer(job(type), now);
  }

  private List<Job<?>> take(boolean withPromises) {
    List<Job<?>> taken = new ArrayList<>();
    backlog.answered(backlog.take(taken, withPromises, now));
    return taken;
  }

  private static List<Integer> types(List<Job<?>> jobs) {
    return jobs.stream().map(job -> job.datagram().at(0)).toList();
  }

  @Test
  void whoeverHasALeaseGetsTheLastPlaces() {
    while (offer(Dhcp6MessageType.SOLICIT)) {}
    assertThat(backlog.size()).isEqualTo(CAPACITY - CAPACITY / 4);
    while (offer(Dhcp6MessageType.REQUEST)) {}
    assertThat(backlog.size()).isEqualTo(CAPACITY - CAPACITY / 8);
    while (offer(Dhcp6MessageType.RENEW)) {}
    assertThat(backlog.size()).isEqualTo(CAPACITY);

    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-overload", 1L)
        .containsEntry("pkt6-queue-full", 2L)
        .containsEntry("pkt6-receive-drop", 3L);
  }

  @Test
  void renewalsAreTakenOutFirstAndBeginningsLast() {
    int[] coming = {
      Dhcp6MessageType.SOLICIT,
      Dhcp6MessageType.REQUEST,
      Dhcp6MessageType.RENEW,
      Dhcp6MessageType.INFORMATION_REQUEST,
      Dhcp6MessageType.RELEASE,
      Dhcp6MessageType.REQUEST,
      Dhcp6MessageType.CONFIRM
    };
    for (int type : coming) {
      offer(type);
    }

    assertThat(types(take(true)))
        .containsExactly(
            Dhcp6MessageType.CONFIRM,
            Dhcp6MessageType.RENEW,
            Dhcp6MessageType.RELEASE,
            Dhcp6MessageType.REQUEST,
            Dhcp6MessageType.REQUEST,
            Dhcp6MessageType.SOLICIT,
            Dhcp6MessageType.INFORMATION_REQUEST);
    assertThat(backlog.size()).isZero();
  }

  @Test
  void whatPromisesNothingDoesNotStandBehindWhatWaitsForTheStore() {
    offer(Dhcp6MessageType.RENEW);
    offer(Dhcp6MessageType.SOLICIT);

    assertThat(backlog.isEmpty(false)).isFalse();
    assertThat(types(take(false))).containsExactly(Dhcp6MessageType.SOLICIT);
    assertThat(backlog.isEmpty(false)).isTrue();
    assertThat(backlog.isEmpty(true)).isFalse();
    assertThat(types(take(true))).containsExactly(Dhcp6MessageType.RENEW);
    assertThat(backlog.size()).isZero();
  }

  @Test
  void beginningsThatWaitedTooLongAreNotAnswered() {
    offer(Dhcp6MessageType.SOLICIT);
    offer(Dhcp6MessageType.RENEW);
    offer(Dhcp6MessageType.REQUEST);
    now += 500 * MILLI;
    offer(Dhcp6MessageType.SOLICIT);
    now += 401 * MILLI;

    assertThat(types(take(true)))
        .containsExactly(
            Dhcp6MessageType.RENEW, Dhcp6MessageType.REQUEST, Dhcp6MessageType.SOLICIT);
    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-stale", 1L)
        .containsEntry("pkt6-receive-drop", 1L);
    assertThat(backlog.size()).isZero();
  }

  @Test
  void aRetransmissionIsDroppedUntilTheFirstIsAnswered() {
    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.REQUEST, 1, 0), now)).isTrue();
    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.REQUEST, 1, 100), now)).isFalse();
    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.REQUEST, 2, 0), now)).isTrue();
    assertThat(backlog.size()).isEqualTo(2);

    List<Job<?>> taken = new ArrayList<>();
    Backlog.Open open = backlog.take(taken, true, now);
    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.REQUEST, 1, 200), now))
        .as("its lease is on the way to the disk")
        .isFalse();
    backlog.answered(open);

    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.REQUEST, 1, 300), now)).isTrue();
    assertThat(taken).hasSize(2);
    assertThat(counters.snapshot()).containsEntry("pkt6-duplicate", 2L);
  }

  @Test
  void whatWasAnsweredAtOnceIsAnsweredAgain() {
    backlog.offer(SomeJobs.of(Dhcp6MessageType.SOLICIT, 1, 0), now);
    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.SOLICIT, 1, 100), now)).isFalse();
    take(false);

    assertThat(backlog.offer(SomeJobs.of(Dhcp6MessageType.SOLICIT, 1, 200), now)).isTrue();
  }

  @Test
  void oneMessageByWayOfTwoRelaysIsTwoMessages() {
    Job<?> job = SomeJobs.of(Dhcp6MessageType.REQUEST, 1);

    assertThat(backlog.offer(job, now)).isTrue();
    assertThat(backlog.offer(SomeJobs.from(job, "2001:db8::2", "eth0"), now)).isTrue();
    assertThat(backlog.offer(SomeJobs.from(job, "2001:db8::2", "eth1"), now)).isTrue();
    assertThat(backlog.offer(SomeJobs.from(job, "2001:db8::2", "eth1"), now)).isFalse();
  }

  @Test
  void whatIsNotTheSameToTheLastOctetIsAnotherMessage() {
    Job<?> job = SomeJobs.of(Dhcp6MessageType.REQUEST, 1);
    byte[] octets = job.datagram().toArray();
    octets[octets.length - 1]++;

    assertThat(backlog.offer(job, now)).isTrue();
    assertThat(backlog.offer(SomeJobs.with(job, Bytes.wrap(octets)), now)).isTrue();
  }

  @Test
  void whatWasDroppedOfAFullQueueIsNotRemembered() {
    for (int n = 0; n < CAPACITY; n++) {
      offer(Dhcp6MessageType.RENEW);
    }
    Job<?> late = job(Dhcp6MessageType.RENEW);
    assertThat(backlog.offer(late, now)).isFalse();
    take(true);

    assertThat(backlog.offer(late, now)).isTrue();
  }
}
