// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.transport.dtls.Counts.Count;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GreetingsTest {
  private static final long START = -TimeUnit.SECONDS.toNanos(3);
  private static final Bytes CLIENT_HELLO = Bytes.ofHex("16fefd" + "00".repeat(10) + "01");

  private final Greetings greetings = new Greetings(START);

  @Test
  void whatIsNoHandshakeIsNotLookedAt() {
    assertThat(greetings.refusal(Bytes.ofHex("17fefd0001"), false, START)).contains(Count.STRAY);
    assertThat(greetings.refusal(Bytes.EMPTY, true, START)).contains(Count.STRAY);
  }

  @Test
  void aFloodOfStrangersIsLookedAtInPartAndHidesNobodyWhoIsKnown() {
    for (int i = 0; i < Greetings.PER_SECOND; i++) {
      assertThat(greetings.refusal(CLIENT_HELLO, false, START)).isEmpty();
    }
    assertThat(greetings.refusal(CLIENT_HELLO, false, START)).contains(Count.REFUSED_GREETING_RATE);
    assertThat(greetings.refusal(CLIENT_HELLO, true, START)).isEmpty();

    long later = START + TimeUnit.MILLISECONDS.toNanos(10);
    assertThat(greetings.refusal(CLIENT_HELLO, false, later)).isEmpty();
  }
}
