// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.pool.RegistrarContact;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.6. */
final class RegistrarHuntTest extends HuntGround {
  @Test
  @DisplayName("P-060 at most three connections are tried at a time")
  void atMostThreeConnectionsAreTried() {
    hunt(7);

    for (int i = 0; i < 100; i++) {
      assertThat(connections.count()).isLessThanOrEqualTo(3);
      pass(10);
    }
    assertThat(connections.count()).isEqualTo(3);
  }

  @Test
  @DisplayName("P-060 the home that is suspected is one of the three connections")
  void aSuspectedHomeIsOneOfThree() {
    hunt(7);
    open(connections.asked().get(0));

    hunt.suspect("no answer", now);

    assertThat(connections.count()).isEqualTo(3);
  }

  @Test
  @DisplayName("P-061 a failed attempt frees its place for another address")
  void aFailedAttemptFreesItsPlace() {
    hunt(5);
    List<String> first = connections.asked();

    end(connections.to(first.get(1)), "connect-failed: refused");

    assertThat(connections.asked()).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(connections.count()).isEqualTo(3);
  }

  @Test
  @DisplayName("P-061 the first success stops T5 and the other attempts")
  void theFirstSuccessStopsTheTimer() {
    hunt(3);
    assertThat(hunt.deadline()).isEqualTo(now + 10 * SECOND);

    open(address(2));

    assertThat(hunt.deadline()).isEqualTo(SessionEvents.NEVER);
    assertThat(heard).containsExactly("found " + address(2));
    assertThat(connections.count()).isEqualTo(1);
    assertThat(hunt.isHome(connections.to(address(2)))).isTrue();
  }

  @Test
  @DisplayName("P-061 T5 is its first value again after a home")
  void theTimerIsResetByAHome() {
    hunt(3);
    pass(10);
    pass(20);
    open(address(1));
    pass(10);

    end(connections.to(address(1)), "closed-by-peer:");

    assertThat(hunt.deadline()).isEqualTo(now + 10 * SECOND);
  }

  @Test
  @DisplayName("P-061 a home that closes at once is not asked again before T5")
  void aHomeThatClosesAtOnceIsNotAskedAtOnce() {
    hunt(1);
    for (int round = 0; round < 5; round++) {
      assertThat(connections.asked()).hasSize(1);
      open(address(1));
      end(connections.to(address(1)), "closed-by-peer:");
      assertThat(connections.asked()).isEmpty();
      assertThat(hunt.deadline()).isGreaterThan(now);
      now = hunt.deadline();
      hunt.onTimer(now);
    }
  }

  @Test
  @DisplayName("P-061 when a home closes at once, those that were let go for it are tried")
  void whoWasLetGoIsTriedWhenTheHomeCloses() {
    hunt(2);
    open(address(1));
    connections.asked();

    end(connections.to(address(1)), "closed-by-peer:");

    assertThat(connections.asked()).containsExactly(address(2));
  }

  @Test
  @DisplayName("P-062 T5 doubles with each round up to RETRAN.max")
  void theTimerDoubles() {
    hunt(2);
    List<Long> rounds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rounds.add((hunt.deadline() - now) / SECOND);
      now = hunt.deadline();
      hunt.onTimer(now);
    }

    assertThat(rounds).containsExactly(10L, 20L, 40L, 60L, 60L, 60L);
  }

  @Test
  @DisplayName("P-063 the next round tries other addresses")
  void theNextRoundTriesOthers() {
    hunt(6);
    List<String> first = connections.asked();

    pass(10);

    assertThat(connections.asked()).hasSize(3).doesNotContainAnyElementsOf(first);
    pass(20);
    assertThat(connections.asked()).containsExactlyElementsOf(first);
  }

  @Test
  @DisplayName("P-063 one address is tried in each round if there is no other")
  void theOnlyOneIsTriedAgain() {
    hunt(1);
    connections.asked();

    pass(10);

    assertThat(connections.asked()).containsExactly(address(1));
    assertThat(connections.count()).isEqualTo(1);
  }

  @Test
  @DisplayName("P-064 there is one home, and the others are let go")
  void thereIsOneHome() {
    hunt(3);
    long late = connections.to(address(3));
    open(address(1));

    assertThat(connections.isOpen(late)).isFalse();
    assertThat(hunt.opened(late, RecordedConnections.proved(address(3), PeerRole.ENRP_SERVER), now))
        .isFalse();
    assertThat(hunt.isHome(connections.to(address(1)))).isTrue();
  }

  @Test
  @DisplayName("P-038 when the home is lost, another one is looked for")
  void aLostHomeIsReplaced() {
    hunt(2);
    open(address(1));
    connections.asked();
    pass(30);

    end(connections.to(address(1)), "connection-lost: reset");

    assertThat(heard).endsWith("lost: connection-lost: reset");
    assertThat(connections.asked()).startsWith(address(2));
    open(address(2));
    assertThat(heard).endsWith("found " + address(2));
  }

  @Test
  @DisplayName("P-047 who answers instead of a suspected home is home")
  void anotherOneReplacesASuspectedHome() {
    hunt(2);
    open(address(1));
    long old = connections.to(address(1));
    pass(30);

    hunt.suspect("no answer", now);

    assertThat(hunt.isHome(old)).isTrue();
    open(address(2));
    assertThat(hunt.isHome(connections.to(address(2)))).isTrue();
    assertThat(connections.isOpen(old)).isFalse();
    assertThat(heard).endsWith("found " + address(2));
  }

  @Test
  @DisplayName("P-047 a suspected home that answers stays home")
  void aSuspectedHomeThatAnswersStays() {
    hunt(3);
    open(address(1));
    pass(30);
    hunt.suspect("no answer", now);

    hunt.answered(now);

    assertThat(hunt.isHome(connections.to(address(1)))).isTrue();
    assertThat(connections.count()).isEqualTo(1);
    assertThat(hunt.deadline()).isEqualTo(SessionEvents.NEVER);
  }

  @Test
  @DisplayName("P-038 the only registrar is connected to anew when it does not answer")
  void theOnlyHomeIsTriedAnewAfterARound() {
    hunt(1);
    open(address(1));
    long old = connections.to(address(1));
    pass(30);

    hunt.suspect("no answer", now);
    pass(10);

    assertThat(heard).endsWith("lost: it did not answer");
    assertThat(connections.isOpen(old)).isFalse();
    assertThat(connections.count()).isEqualTo(1);
  }

  @Test
  @DisplayName("P-059 without a registrar there is no hunt")
  void aListIsNeeded() {
    assertThatThrownBy(() -> HuntSettings.of(List.of(), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostsBeginWithDifferentRegistrars() {
    Set<String> firsts = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      hunt(5, new Random(seed));
      firsts.add(connections.asked().get(0));
    }

    assertThat(firsts).hasSize(5);
  }

  @Test
  void anOutdatedConnectionIsReplacedBeforeItEnds() {
    hunt(1);
    open(address(1));
    long old = connections.to(address(1));

    hunt.outdated(old, now);
    assertThat(hunt.isHome(old)).isTrue();
    open(address(1));

    assertThat(connections.isOpen(old)).isFalse();
    assertThat(hunt.isHome(connections.to(address(1)))).isTrue();
    assertThat(heard).containsExactly("found " + address(1), "found " + address(1));
  }

  @Test
  void contactsSayHowItIs() {
    hunt(2);
    open(address(1));
    pass(5);

    List<RegistrarContact> contacts = hunt.contacts(now, Instant.ofEpochSecond(100));

    assertThat(contacts)
        .anySatisfy(
            each -> {
              assertThat(each.address()).isEqualTo("tls://" + address(1));
              assertThat(each.state()).isEqualTo(RegistrarContact.State.HOME);
              assertThat(each.since()).isEqualTo(Instant.ofEpochSecond(95));
            })
        .anySatisfy(each -> assertThat(each.state()).isEqualTo(RegistrarContact.State.IDLE));
    assertThat(hunt.alarms()).isEmpty();
  }

  @Test
  void afterStopNothingIsTried() {
    hunt(3);
    open(address(1));

    hunt.stop("over", now);
    pass(1000);

    assertThat(connections.count()).isZero();
    assertThat(hunt.deadline()).isEqualTo(SessionEvents.NEVER);
  }
}
