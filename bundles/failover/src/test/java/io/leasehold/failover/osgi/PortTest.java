// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PortTest {
  private static final long START = 1_800_000_000L;

  private final AtomicLong wall = new AtomicLong(START);
  private final FailoverLoop loop =
      new FailoverLoop(() -> Instant.ofEpochSecond(wall.get()), System::nanoTime);
  private final HeardOfPort owner = new HeardOfPort();
  private final FakeSession session = new FakeSession();
  private final Port port = new Port(1, owner, loop);

  @AfterEach
  void close() {
    loop.close();
  }

  private static FailoverMessage contact(long sent) {
    return new FailoverMessage(
        Dhcp6MessageType.CONTACT, 7, AbsoluteTime.ofUnixSeconds(sent), Options.EMPTY);
  }

  private void takeAll() {
    while (port.turn()) {
      // Until there is no more.
    }
  }

  /** RFC 8156 section 7.1: a slow turn makes no clock look wrong. */
  @Test
  void theTimeOfArrivalIsThatBeforeItWaited() {
    port.opened(session);
    wall.addAndGet(1);
    port.message(contact(START + 1).encode());
    wall.addAndGet(100);

    takeAll();

    assertThat(owner.heard).containsExactly("opened", "frame " + Dhcp6MessageType.CONTACT);
    assertThat(owner.moments.get(1).wallSeconds()).isEqualTo(START + 1);
  }

  /** RFC 8156 section 5.2: the time of sending is set when the message is written. */
  @Test
  void theTimeOfSendingIsThatOfSending() {
    port.opened(session);
    wall.addAndGet(42);

    port.send(contact(START));
    port.flush();

    assertThat(FailoverMessage.decode(session.sent.get(0)).sentTime())
        .isEqualTo(AbsoluteTime.ofUnixSeconds(START + 42));
  }

  @Test
  void ofWhomMuchWaitsNoMoreIsRead() {
    port.opened(session);
    for (int i = 0; i < Port.MOST_WAITING; i++) {
      assertThat(session.reading).isEqualTo(i < Port.MOST_WAITING - 1);
      port.message(contact(START).encode());
    }
    assertThat(session.reading).isFalse();
    port.message(contact(START).encode());

    for (int i = 0; i < 100; i++) {
      port.turn();
    }
    assertThat(session.reading).as("still much").isFalse();
    takeAll();
    assertThat(session.reading).isTrue();
    assertThat(owner.heard).as("nothing was lost").hasSize(Port.MOST_WAITING + 2);
  }

  @Test
  void whatIsNoMessageIsTold() {
    port.opened(session);
    port.message(Bytes.of(Dhcp6MessageType.CONTACT, 0, 0));
    takeAll();
    assertThat(owner.heard).containsExactly("opened", "malformed");
  }

  @Test
  void nothingIsHeardOfWhatWasClosed() {
    port.opened(session);
    port.message(contact(START).encode());
    port.close();
    port.ended("late");
    takeAll();
    assertThat(owner.heard).isEmpty();
    assertThat(session.closed).isTrue();
  }

  @Test
  void aTryThatWasGivenUpIsClosedWhenItIsThere() {
    port.close();
    port.attempt(session);
    assertThat(session.closed).isTrue();
  }
}
