// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import org.junit.jupiter.api.Test;

final class SendQueueTest {
  private static final long QUEUE_OCTETS = 100_000;
  private static final long TOTAL_OCTETS = 150_000;

  private final OctetBudget budget = new OctetBudget(TOTAL_OCTETS);
  private final SendQueue queue = queue();

  private SendQueue queue() {
    return new SendQueue(new ConnectionLimits(4, QUEUE_OCTETS, TOTAL_OCTETS, 1, 1), budget);
  }

  private static Bytes message(int number, int length) {
    byte[] octets = new byte[length];
    octets[0] = (byte) number;
    return Bytes.wrap(octets);
  }

  @Test
  void ofTooManyMessagesTheOldestGoes() {
    for (int i = 0; i < 4; i++) {
      assertThat(queue.offer(message(i, 10))).isZero();
    }
    assertThat(queue.offer(message(4, 10))).isEqualTo(1);

    assertThat(queue.poll()).isEqualTo(message(1, 10));
    assertThat(queue.clear()).isEqualTo(3);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(budget.left()).isEqualTo(TOTAL_OCTETS);
  }

  @Test
  void ofTooManyOctetsTheOldestGo() {
    queue.offer(message(0, 40_000));
    queue.offer(message(1, 40_000));
    assertThat(queue.offer(message(2, 65_535))).as("room for one that large").isEqualTo(2);

    assertThat(queue.poll()).isEqualTo(message(2, 65_535));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(budget.left()).isEqualTo(TOTAL_OCTETS);
  }

  @Test
  void allQueuesTogetherAreBounded() {
    SendQueue other = queue();
    queue.offer(message(0, 50_000));
    queue.offer(message(1, 50_000));
    assertThat(other.offer(message(2, 50_000))).isZero();

    assertThat(other.offer(message(3, 50_000))).as("its own oldest goes").isEqualTo(1);
    assertThat(queue().offer(message(4, 50_000))).as("it has none, and goes itself").isEqualTo(1);

    assertThat(queue.clear()).as("others lose nothing").isEqualTo(2);
    assertThat(other.poll()).isEqualTo(message(3, 50_000));
    assertThat(budget.left()).isEqualTo(TOTAL_OCTETS);
  }

  @Test
  void whatMustNotBeDroppedIsNotTaken() {
    for (int i = 0; i < 4; i++) {
      assertThat(queue.add(message(i, 10))).isTrue();
    }
    assertThat(queue.add(message(4, 10))).isFalse();

    assertThat(queue.poll()).isEqualTo(message(0, 10));
    assertThat(queue.add(message(5, 65_535))).isTrue();
    assertThat(queue.shut()).isEqualTo(4);
    assertThat(queue.add(message(6, 10))).as("nobody would send it").isFalse();
    assertThat(budget.left()).isEqualTo(TOTAL_OCTETS);
  }
}
