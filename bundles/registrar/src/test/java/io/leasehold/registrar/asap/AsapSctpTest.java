// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.security.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pool elements whose connection has several addresses. */
final class AsapSctpTest {
  private static final Ipv6 SECOND = Ipv6.ofText("198.51.100.1");
  private static final Ipv6 ELSEWHERE = Ipv6.ofText("203.0.113.1");
  private static final long GONE = 0x33333333L;

  private final Ground ground = Ground.insecure();

  private static Caller association(Ipv6... addresses) {
    return new Caller(
        Application.ASAP, "sctp", List.of(addresses), Optional.empty(), Assurance.NONE);
  }

  @Test
  @DisplayName("P-032: an element serves at any address of its association, and at no other one")
  void addressesAreThoseOfTheAssociation() {
    long element = ground.open(association(HERE, SECOND));

    ground.accepted(element, udp(1, SECOND, PoolPolicy.ROUND_ROBIN));
    ground.accepted(element, udp(2, HERE, PoolPolicy.ROUND_ROBIN));
    assertThat(ground.refused(element, udp(3, ELSEWHERE, PoolPolicy.ROUND_ROBIN)))
        .isEqualTo(ErrorCause.SECURITY_CONSIDERATIONS);
  }

  @Test
  @DisplayName("P-086: the registrar says by which association it reached the element")
  void theTransportIsThatOfTheAssociation() {
    ground.accepted(ground.open(association(HERE, SECOND)), udp(1));

    assertThat(ground.others.added.asapTransport())
        .contains(new SctpTransport(0, false, List.of(HERE, SECOND)));
  }

  @Test
  @DisplayName("P-084: an element comes back by another path of its association")
  void anElementReturnsByAnotherPath() {
    long first = ground.open(association(HERE, SECOND));
    ground.accepted(first, udp(1));
    ground.leaves(first);

    ground.accepted(ground.open(association(SECOND, HERE)), udp(1));
  }

  @Test
  @DisplayName("P-140: who listens on SCTP is connected to by SCTP, but not by a secure registrar")
  void takenOverElementsAreReachedBySctp() {
    assertThat(connectedTo(false))
        .extracting(each -> each.transport() + " " + each.remote() + " " + each.port())
        .containsExactly("sctp " + HERE + " 4864");
    assertThat(connectedTo(true)).as("nothing protects SCTP").isEmpty();
  }

  private static List<ConnectSpec> connectedTo(boolean isSecure) {
    Ground heir = new Ground(Settings.connecting(!isSecure), SpaceLimits.DEFAULT, isSecure);
    SctpTransport listening = new SctpTransport(4864, false, List.of(HERE, SECOND));
    heir.space.put(POOL, udp(1).ownedBy(GONE, Optional.of(listening)));
    heir.others.changes.tookOver(heir.space.takeOver(GONE, OtherRegistrars.ID), heir.now);
    heir.pass(Duration.ofSeconds(1));
    return heir.connects;
  }
}
