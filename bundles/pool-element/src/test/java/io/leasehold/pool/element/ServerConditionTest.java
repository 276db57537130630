// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.net.Family;
import io.leasehold.pool.element.ServerCondition.Partnership;
import io.leasehold.server.SubnetUse;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What readiness is made of. */
final class ServerConditionTest {
  private static final List<String> OBSTACLE = List.of("endpoint eth5 does not listen");

  private static Optional<Partnership> in(String state, Service service) {
    return Optional.of(new Partnership(state, true, service));
  }

  @Test
  void aServerThatAnswersIsReady() {
    assertThat(ServerCondition.of(List.of(), true, Optional.empty(), 200))
        .isEqualTo(Readiness.ready(200, "the server answers"));
  }

  @Test
  void aServerThatAnswersNobodyIsNotReady() {
    Readiness readiness = ServerCondition.of(OBSTACLE, false, Optional.empty(), 200);

    assertThat(readiness).isEqualTo(Readiness.absent(OBSTACLE.get(0)));
  }

  @Test
  void aServerThatAnswersSomeIsTheLastToBeAsked() {
    assertThat(ServerCondition.of(OBSTACLE, true, Optional.empty(), 200).rank()).isEqualTo(10);
    assertThat(ServerCondition.of(OBSTACLE, true, Optional.empty(), 3).rank()).isEqualTo(3);
    assertThat(ServerCondition.of(OBSTACLE, true, in("NORMAL", Service.ALL), 200).rank())
        .isEqualTo(10);
  }

  @Test
  void failoverDecidesBeforeTheServer() {
    assertThat(ServerCondition.of(List.of(), true, in("RECOVER", Service.NONE), 200).isReady())
        .isFalse();
    assertThat(ServerCondition.of(OBSTACLE, true, in("RECOVER", Service.ALL), 200).isReady())
        .isFalse();
    assertThat(ServerCondition.of(List.of(), true, in("PARTNER-DOWN", Service.ALL), 7).rank())
        .isEqualTo(250);
  }

  @Test
  void aDrainedRelationshipIsNotReadyWhateverItsStateIs() {
    assertThat(ServerCondition.of(List.of(), true, in("NORMAL", Service.NONE), 200).isReady())
        .isFalse();
  }

  @Test
  @DisplayName("P-197 load is the use of the fullest subnet, and grows with it")
  void loadIsTheUseOfTheFullestSubnet() {
    assertThat(ServerCondition.utilisation(List.of())).isZero();
    assertThat(ServerCondition.utilisation(List.of(use(10, 100, 0, 0), use(1, 4, 3, 4))))
        .isEqualTo(0.75);
    double before = -1;
    for (int used = 0; used <= 100; used++) {
      double now = ServerCondition.utilisation(List.of(use(used, 100, 0, 0)));
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }

  private static SubnetUse use(long addresses, long ofAddresses, long prefixes, long ofPrefixes) {
    return new SubnetUse(
        Family.IPV6,
        1,
        "2001:db8::/64",
        "",
        BigInteger.valueOf(ofAddresses),
        addresses,
        0,
        BigInteger.valueOf(ofPrefixes),
        prefixes);
  }
}
