// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is heard about which membership, and what is said of the load. */
final class MembershipTest extends ElementGround {
  private static final PoolHandle SECOND_POOL = PoolHandle.of("dhcp4-core");

  @Test
  @DisplayName("P-047 a registrar that answers after T2 stays home, and is asked what it owes")
  void aLateAnswerKeepsTheHome() {
    start(
        Duration.ofSeconds(300),
        byPriority(DHCP4),
        place(SECOND_POOL, MemberPolicy.clientHash(7, 100)));
    long home = open(ONE);
    endpoint.readiness(READY, now);
    pass(5);
    assertThat(wire.open).hasSize(2);
    wire.sent.clear();

    accept(home);

    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(wire.open).containsOnlyKeys(home);
    assertThat(registrations()).extracting(Registration::handle).containsExactly(SECOND_POOL);
  }

  @Test
  void onlyTheHomeAnswersARegistration() {
    startedAt(ONE);
    endpoint.opened(7000, registrar("192.0.2.77", PeerRole.ENRP_SERVER), now);

    accept(7000);

    assertThat(state()).isEqualTo(State.REGISTERING);
  }

  @Test
  void theAnswerToAnotherElementIsNone() {
    long home = startedAt(ONE);

    tell(home, RegistrationResponse.accepted(new ElementKey(DHCP4, ID + 1)));

    assertThat(state()).isEqualTo(State.REGISTERING);
  }

  @Test
  @DisplayName("P-197 load is registered when it has moved by 5 %, and at most once a second")
  void loadIsRegisteredAsItMoves() {
    start(
        Duration.ofSeconds(300),
        place(DHCP4, MemberPolicy.standard(PolicyType.PRIORITY_LEAST_USED, 0, 7)));
    long home = open(ONE);
    endpoint.utilisation(0.25, now);
    endpoint.readiness(READY, now);
    accept(home);

    endpoint.utilisation(0.29, now + 2 * SECOND);
    assertThat(registrations()).hasSize(1);
    now += 2 * SECOND;
    endpoint.utilisation(0.5, now);
    accept(home);
    endpoint.utilisation(0.9, now + SECOND / 2);

    assertThat(registrations()).hasSize(2);
    assertThat(registrations())
        .extracting(each -> each.element().policy().number(0))
        .containsExactly(0x4000_0000L, 0x8000_0000L);
    assertThat(registrations()).allMatch(each -> each.element().policy().number(1) == 7);
  }

  @Test
  void eachPoolHasItsOwnRegistration() {
    start(
        Duration.ofSeconds(300),
        byPriority(DHCP4),
        place(SECOND_POOL, MemberPolicy.clientHash(7, 100)));
    open(ONE);
    endpoint.readiness(READY, now);

    assertThat(registrations())
        .extracting(Registration::handle)
        .containsExactly(DHCP4, SECOND_POOL);
  }
}
