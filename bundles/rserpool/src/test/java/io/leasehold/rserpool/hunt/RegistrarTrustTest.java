// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may become home, whoever says so (RFC 5355 sections 2.6, 2.7 and 2.12). */
final class RegistrarTrustTest extends HuntGround {
  @Test
  @DisplayName("P-157 P-158 who does not prove that it is a registrar is never home")
  void whoProvesNothingIsNoHome() {
    hunt(4);
    String first = connections.asked().get(0);

    hunt.opened(connections.to(first), RecordedConnections.unproved(first), now);

    assertThat(heard).isEmpty();
    assertThat(hunt.hasHome()).isFalse();
    assertThat(connections.asked()).hasSize(1);
    assertThat(hunt.alarms()).anyMatch(each -> each.contains(first));
  }

  @Test
  @DisplayName("P-157 P-158 a peer with another role is never home")
  void whoIsNoRegistrarIsNoHome() {
    hunt(1);

    hunt.opened(
        connections.to(address(1)),
        RecordedConnections.proved(address(1), PeerRole.POOL_ELEMENT),
        now);

    assertThat(heard).isEmpty();
    assertThat(connections.count()).isZero();
  }

  @Test
  @DisplayName("P-158 who fails to prove itself is left alone for 60 seconds, the third is home")
  void failedCredentialsAreSkippedForAMinute() {
    hunt(3);
    end(connections.to(address(1)), "handshake-failed: bad certificate");
    end(connections.to(address(2)), "handshake-failed: bad certificate");
    connections.asked();

    pass(10);
    assertThat(connections.asked()).containsExactly(address(3));
    pass(20);
    assertThat(connections.asked()).containsExactly(address(3));
    pass(40);
    assertThat(connections.asked()).containsExactlyInAnyOrder(address(1), address(2), address(3));
    open(address(3));
    assertThat(heard).containsExactly("found " + address(3));
  }

  @Test
  @DisplayName("P-065 P-066 announced addresses are tried, and forgotten when T7 is over")
  void announcementsAddAndExpire() {
    hunt(1);
    connections.asked();

    hunt.announced(place(9), now);

    assertThat(connections.asked()).containsExactly(address(9));
    end(connections.to(address(9)), "connect-failed:");
    pass(4);
    hunt.announced(place(9), now);
    pass(4);
    assertThat(hunt.contacts(now, Instant.EPOCH)).hasSize(2);
    assertThat(hunt.deadline()).isEqualTo(now + SECOND);
    pass(1);
    assertThat(hunt.contacts(now, Instant.EPOCH)).hasSize(1);
  }

  @Test
  @DisplayName("P-163 forged announcements neither fill memory nor displace configured registrars")
  void forgedAnnouncementsDisplaceNobody() {
    hunt(2);
    for (int i = 10; i < 250; i++) {
      hunt.announced(place(i), now);
    }
    assertThat(hunt.contacts(now, Instant.EPOCH)).hasSize(2 + RegistrarHunt.MOST_ANNOUNCED);

    int rounds = 0;
    for (int second = 0; second < 300; second++) {
      for (int j = 10; j < 250; j++) {
        hunt.announced(place(j), now);
      }
      connections.asked();
      now += SECOND;
      hunt.onTimer(now);
      List<String> asked = connections.asked();
      if (!asked.isEmpty()) {
        rounds++;
        assertThat(asked).hasSize(3).contains(address(1), address(2));
      }
    }
    assertThat(rounds).isGreaterThan(3);
  }
}
