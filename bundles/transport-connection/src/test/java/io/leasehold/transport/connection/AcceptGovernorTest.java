// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.HopLimits;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.connection.AcceptGovernor.Decision;
import io.leasehold.transport.connection.AcceptGovernor.Guest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AcceptGovernorTest {
  private static final Ipv6 PARTNER = Ipv6.ofText("2001:db8::1");
  private static final Ipv6 STRANGER = Ipv6.ofText("2001:db8:f::");
  private static final HopLimits LIMITS =
      new HopLimits(32, 4, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AcceptGovernor governor = governor(1000);

  private static AcceptGovernor governor(int perSecond) {
    return governor(LIMITS, perSecond, 1000);
  }

  private static AcceptGovernor governor(HopLimits limits, int perSource, int strangers) {
    ConnectionLimits usual = ConnectionLimits.USUAL;
    ConnectionLimits rates =
        new ConnectionLimits(
            usual.queueMessages(), usual.queueOctets(), usual.totalOctets(), perSource, strangers);
    return new AcceptGovernor(limits, rates, PARTNER::equals, false, 0);
  }

  private static Ipv6 stranger(int number) {
    return STRANGER.plus(number);
  }

  private void fill(AcceptGovernor full) {
    for (int i = 0; i < 32; i++) {
      assertThat(full.arrive(stranger(i), 0).guest()).isPresent();
    }
  }

  @Test
  void strangersAreFewAtATime() {
    fill(governor);

    Decision decision = governor.arrive(stranger(99), 0);

    assertThat(decision.guest()).isEmpty();
    assertThat(decision.refusal()).isEqualTo(Refusal.BUDGET);
    assertThat(governor.strangers()).isEqualTo(32);
  }

  @Test
  void whoLeavesMakesRoom() {
    Guest guest = governor.arrive(stranger(99), 0).guest().orElseThrow();
    for (int i = 0; i < 31; i++) {
      governor.arrive(stranger(i), 0);
    }
    assertThat(governor.arrive(stranger(98), 0).guest()).isEmpty();

    governor.left(guest);

    assertThat(governor.arrive(stranger(98), 0).guest()).isPresent();
  }

  @Test
  void fewerComeFromOneAddress() {
    for (int i = 0; i < 4; i++) {
      assertThat(governor.arrive(STRANGER, 0).guest()).isPresent();
    }
    assertThat(governor.arrive(STRANGER, 0).refusal()).isEqualTo(Refusal.SOURCE);
    assertThat(governor.arrive(stranger(1), 0).guest()).isPresent();
  }

  @Test
  void whoeverIsConfiguredFindsAPlaceForWhichTheOldestStrangerGoes() {
    Guest first = governor.arrive(stranger(100), 0).guest().orElseThrow();
    for (int i = 0; i < 31; i++) {
      governor.arrive(stranger(i), 0);
    }

    Decision partner = governor.arrive(PARTNER, 0);

    assertThat(partner.guest()).isPresent();
    assertThat(partner.displaced()).containsSame(first);
    assertThat(governor.strangers()).isEqualTo(32);
    assertThat(governor.arrive(PARTNER, 0).guest()).as("a second one").isPresent();
    assertThat(governor.arrive(PARTNER, 0).refusal())
        .as("no more than it may have")
        .isEqualTo(Refusal.BUDGET);
  }

  @Test
  void whereAPeerCameFromBeforeItFindsAPlaceAgain() {
    Ipv6 home = Ipv6.ofText("192.0.2.7");
    Guest before = governor.arrive(home, 0).guest().orElseThrow();
    governor.authenticated(before, "relay7");
    governor.left(before);
    fill(governor);

    assertThat(governor.arrive(home, 0).guest()).isPresent();
  }

  @Test
  void aFamiliarOneGoesOnlyIfThereIsNoStranger() {
    Guest partner = governor.arrive(PARTNER, 0).guest().orElseThrow();
    for (int i = 0; i < 31; i++) {
      governor.arrive(stranger(i), 0);
    }

    Decision again = governor.arrive(PARTNER, 0);

    assertThat(again.displaced()).isPresent().get().isNotSameAs(partner);
  }

  @Test
  void ofAPeerTheNewestConnectionsStay() {
    Guest first = governor.arrive(PARTNER, 0).guest().orElseThrow();
    Guest second = governor.arrive(PARTNER, 0).guest().orElseThrow();
    Guest third = governor.arrive(PARTNER, 0).guest().orElseThrow();
    assertThat(governor.authenticated(first, "partner")).isEmpty();
    assertThat(governor.authenticated(second, "partner")).isEmpty();

    assertThat(governor.authenticated(third, "partner")).containsSame(first);

    governor.left(first);
    governor.left(second);
    Guest fourth = governor.arrive(PARTNER, 0).guest().orElseThrow();
    assertThat(governor.authenticated(fourth, "partner")).isEmpty();
  }

  @Test
  void oneAddressBeginsOnlySoMuchInASecond() {
    AcceptGovernor slow = governor(5);
    int in = 0;
    for (int i = 0; i < 50; i++) {
      Decision decision = slow.arrive(STRANGER, 0);
      in += decision.guest().isPresent() ? 1 : 0;
      decision.guest().ifPresent(slow::left);
    }
    assertThat(in).isEqualTo(5);
    assertThat(slow.arrive(STRANGER, 0).refusal()).isEqualTo(Refusal.RATE);
    assertThat(slow.arrive(stranger(1), 0).guest()).as("another one").isPresent();
    assertThat(slow.arrive(STRANGER, SECOND).guest()).as("a second later").isPresent();
  }

  @Test
  void strangersTogetherBeginOnlySoMuchInASecond() {
    AcceptGovernor slow = governor(LIMITS, 1000, 100);
    int in = 0;
    for (int i = 0; i < 1000; i++) {
      Decision decision = slow.arrive(stranger(i), 0);
      in += decision.guest().isPresent() ? 1 : 0;
      decision.guest().ifPresent(slow::left);
    }
    assertThat(in).isEqualTo(100);
    assertThat(slow.arrive(stranger(1), 0).refusal()).isEqualTo(Refusal.STRANGERS);
    assertThat(slow.arrive(PARTNER, 0).guest()).as("who is known").isPresent();
    assertThat(slow.arrive(stranger(1), SECOND / 10).guest()).as("later").isPresent();
  }

  @Test
  void whoIsRefusedTakesNobodysPlaceAndNobodysTurn() {
    AcceptGovernor slow = governor(LIMITS, 1000, 33);
    fill(slow);
    for (int i = 0; i < 1000; i++) {
      assertThat(slow.arrive(stranger(100 + i), 0).refusal()).isEqualTo(Refusal.BUDGET);
    }
    slow.left(slow.arrive(PARTNER, 0).guest().orElseThrow());

    assertThat(slow.arrive(stranger(99), 0).guest()).as("the 33rd").isPresent();
  }

  @Test
  void aFloodOfAddressesIsForgotten() {
    for (int i = 0; i < 100_000; i++) {
      governor.arrive(stranger(i), 0);
    }
    assertThat(governor.strangers()).isEqualTo(32);
    assertThat(governor.arrive(PARTNER, 0).guest()).isPresent();
  }

  @Test
  void whereOnlyTheConfiguredAreHeardTheOldestOfAnAddressGoes() {
    AcceptGovernor yielding =
        new AcceptGovernor(LIMITS, ConnectionLimits.USUAL, source -> true, true, 0);
    Guest first = yielding.arrive(PARTNER, 0).guest().orElseThrow();
    for (int i = 0; i < 3; i++) {
      yielding.arrive(PARTNER, 0);
    }

    Decision fifth = yielding.arrive(PARTNER, 0);

    assertThat(fifth.guest()).isPresent();
    assertThat(fifth.displaced()).containsSame(first);
    assertThat(yielding.strangers()).isEqualTo(4);
  }
}
