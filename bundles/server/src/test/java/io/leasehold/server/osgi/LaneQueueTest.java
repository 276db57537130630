// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lane.Job;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.intake.Client;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for a lane when more comes in than can be decided. */
class LaneQueueTest {
  private static final int CAPACITY = 16;

  private final LaneQueue queue = new LaneQueue(CAPACITY);

  private static Job<?> job(int type) {
    Arrival arrival = new Arrival("eth0", Ipv6.ofText("ff02::1:2"), Ipv6.ofText("fe80::1"), 546);
    Dhcp6Request request =
        new Dhcp6Request(
            arrival,
            List.of(),
            new ClientServerMessage(type, 1, Options.EMPTY),
            new Client(null, ClientIdentity.NONE, null, List.of()),
            null,
            List.of(),
            OptionRequest.EMPTY,
            List.of());
    return new Job<>(null, null, request, null, Bytes.EMPTY);
  }

  @Test
  void solicitsAreRefusedWhileRenewalsStillFit() {
    int solicits = 0;
    while (queue.offer(job(Dhcp6MessageType.SOLICIT))) {
      solicits++;
    }
    int renewals = 0;
    while (queue.offer(job(Dhcp6MessageType.RENEW))) {
      renewals++;
    }

    assertThat(solicits).isEqualTo(CAPACITY - CAPACITY / 4);
    assertThat(queue.offer(job(Dhcp6MessageType.INFORMATION_REQUEST))).isFalse();
    assertThat(renewals).isEqualTo(CAPACITY / 4);
    assertThat(queue.size()).isEqualTo(CAPACITY);
  }

  @Test
  void whatIsTakenOutMakesRoomAndKeepsItsOrder() {
    List<Job<?>> put = new ArrayList<>();
    for (int i = 0; i < CAPACITY; i++) {
      Job<?> renewal = job(Dhcp6MessageType.RENEW);
      put.add(renewal);
      queue.offer(renewal);
    }
    List<Job<?>> taken = new ArrayList<>();

    queue.drainTo(taken, true, 5);

    for (int i = 0; i < 5; i++) {
      assertThat(taken.get(i)).isSameAs(put.get(i));
    }
    assertThat(taken).hasSize(5);
    assertThat(queue.size()).isEqualTo(CAPACITY - 5);
    assertThat(queue.offer(job(Dhcp6MessageType.SOLICIT))).isTrue();
  }

  @Test
  void whatPromisesNothingDoesNotStandBehindWhatWaitsForTheStore() {
    Job<?> renewal = job(Dhcp6MessageType.RENEW);
    Job<?> solicit = job(Dhcp6MessageType.SOLICIT);
    queue.offer(renewal);
    queue.offer(solicit);
    List<Job<?>> taken = new ArrayList<>();

    queue.drainTo(taken, false, 5);
    assertThat(taken).containsExactly(solicit);
    queue.drainTo(taken, true, 5);
    assertThat(taken).containsExactly(solicit, renewal);
    assertThat(queue.size()).isZero();
  }
}
