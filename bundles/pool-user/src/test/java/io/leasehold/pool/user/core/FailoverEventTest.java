// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.element;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.security.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who has a security context with a member hears that clients have left it (RFC 5355, 2.9). */
final class FailoverEventTest {
  private final UserOfTests user = UserOfTests.knowing();

  private List<String> failovers() {
    return user.heard.failovers;
  }

  @Test
  @DisplayName("P-160: a member that has left hands its clients to the next of its group")
  void memberLeaves() {
    user.tell(1, hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));

    assertThat(failovers()).containsExactly("1>2");
    assertThat(user.heard.assurance).isEqualTo(Assurance.PRIVATE);
  }

  @Test
  @DisplayName("P-160: a member that has fallen in rank does so, too")
  void memberFallsInRank() {
    user.tell(1, hashed(1, 1, 50), hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));

    assertThat(failovers()).containsExactly("1>2");
  }

  @Test
  @DisplayName("P-160: the clients of a group that has left are all the others'")
  void groupLeaves() {
    user.tell(1, hashed(3, 2, 200), hashed(4, 2, 100), hashed(5, 3, 1));

    assertThat(failovers()).containsExactly("1>3", "1>5");
  }

  @Test
  @DisplayName("P-160: it is said by whose word; of a registrar in clear nothing vouches")
  void assuranceIsThatOfTheConnection() {
    UserOfTests clear =
        new UserOfTests(
            java.util.Map.of("registrars", "tcp://[2001:db8::1]"), io.leasehold.net.Bytes.EMPTY);
    clear.start();
    clear.open(1, Optional.empty(), Assurance.NONE);
    clear.follow();
    clear.tell(1, hashed(1, 1, 200), hashed(2, 1, 100));
    assertThat(clear.view().assurance()).isEqualTo(Assurance.NONE);

    clear.tell(1, hashed(2, 1, 100));

    assertThat(clear.heard.failovers).containsExactly("1>2");
    assertThat(clear.heard.assurance).isEqualTo(Assurance.NONE);
  }

  @Test
  @DisplayName("P-160: a member at another address is another one")
  void memberMoves() {
    PoolElement moved =
        new PoolElement(
            1,
            0,
            300,
            element(7, PoolPolicy.ROUND_ROBIN).userTransport(),
            hashed(1, 1, 200).policy(),
            Optional.empty());

    user.tell(1, moved, hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));

    assertThat(failovers()).containsExactly("1>1");
  }

  @Test
  @DisplayName("P-160: the clients of a member that is reported go to the next, told once")
  void memberIsReported() {
    PoolSubscription pool = user.follow();
    List<PoolMember> order = pool.candidates(CLIENT);
    PoolMember first = order.get(0);
    for (int i = 0; i < 30; i++) {
      pool.unreachable(first);
      user.pass(Duration.ofSeconds(1));
    }

    // Both subscriptions have the same listener.
    String expected = first.id() + ">" + order.get(1).id();
    assertThat(failovers()).containsExactly(expected, expected);
  }

  @Test
  @DisplayName("P-160: a member that was reported and then leaves has lost its clients once")
  void memberThatWasReportedLeaves() {
    PoolSubscription pool = user.desk.follow(UserOfTests.POOL, new UserOfTests.Heard());
    pool.candidates(CLIENT);
    pool.unreachable(pool.view().members().get(0));
    user.pass(Duration.ofSeconds(10));
    pool.unreachable(pool.view().members().get(0));
    assertThat(failovers()).containsExactly("1>2");

    user.tell(1, hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));
    assertThat(failovers()).containsExactly("1>2");
    user.tell(1, hashed(5, 1, 300), hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));
    assertThat(failovers()).containsExactly("1>2", "2>5");
  }

  @Test
  @DisplayName("P-160: where nobody is left in the group, clients go nowhere")
  void whereNobodyIsLeftClientsGoNowhere() {
    PoolSubscription pool = user.follow();
    List<PoolMember> order = pool.candidates(CLIENT);
    pool.unreachable(order.get(0));
    failovers().clear();

    pool.unreachable(order.get(1));

    assertThat(failovers()).isEmpty();
  }

  @Test
  void whatChangesNothingForClientsIsNotTold() {
    user.tell(1, hashed(1, 1, 210), hashed(3, 2, 200), hashed(4, 2, 199), hashed(6, 6, 1));

    assertThat(failovers()).isEmpty();
    assertThat(user.heard.views).hasSize(2);
  }

  @Test
  @DisplayName("P-160: by priority the highest has the clients; in turn each has its own")
  void otherPoliciesHaveClientsToo() {
    UserOfTests priority = UserOfTests.asking();
    priority.tell(
        1,
        element(1, PoolPolicy.of(PolicyType.PRIORITY, 200)),
        element(2, PoolPolicy.of(PolicyType.PRIORITY, 100)));
    priority.tell(
        1,
        element(1, PoolPolicy.of(PolicyType.PRIORITY, 200)),
        element(2, PoolPolicy.of(PolicyType.PRIORITY, 0xffffffffL)));
    assertThat(priority.heard.failovers).containsExactly("1>2");

    UserOfTests inTurn = UserOfTests.asking();
    inTurn.tell(1, element(1, PoolPolicy.ROUND_ROBIN), element(2, PoolPolicy.ROUND_ROBIN));
    inTurn.tell(1, element(3, PoolPolicy.ROUND_ROBIN), element(2, PoolPolicy.ROUND_ROBIN));
    assertThat(inTurn.heard.failovers).containsExactly("1>3");
  }

  @Test
  void whoIsNotDrawnHasNotLeft() {
    UserOfTests drawn = UserOfTests.asking();
    drawn.tell(1, element(1, PoolPolicy.of(PolicyType.WEIGHTED_RANDOM, 5)));
    drawn.tell(1, element(2, PoolPolicy.of(PolicyType.WEIGHTED_RANDOM, 5)));

    assertThat(drawn.heard.views).hasSize(2);
    assertThat(drawn.heard.failovers).isEmpty();
  }

  @Test
  void changeIsToldInBoundedTime() {
    UserOfTests full = UserOfTests.asking();
    full.tell(1, groups(1, 500));
    full.tell(1, groups(1001, 1500));

    assertThat(full.heard.failovers).hasSize(256);
  }

  private static PoolElement[] groups(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> hashed(id, id, 1))
        .toArray(PoolElement[]::new);
  }

  @Test
  void faultOfOneWhoFollowsIsNotThatOfOthers() {
    UserOfTests faulty = UserOfTests.atHome();
    faulty.desk.follow(
        UserOfTests.POOL,
        new PoolListener() {
          @Override
          public void changed(PoolView view) {
            throw new IllegalStateException("a fault");
          }
        });
    faulty.follow();

    faulty.tell(1, hashed(1, 1, 200));

    assertThat(faulty.heard.views).hasSize(1);
    assertThat(faulty.count(UserCounter.LISTENER_FAULTS)).isEqualTo(1);
  }
}
