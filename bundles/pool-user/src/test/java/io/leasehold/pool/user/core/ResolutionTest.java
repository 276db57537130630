// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.element;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static io.leasehold.pool.user.core.UserOfTests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Asking registrars (RFC 5352 sections 3.3 and 3.7). */
final class ResolutionTest {
  private static final Duration T1 = Duration.ofSeconds(2);
  private static final Duration INSTANT = Duration.ofMillis(1);

  @Test
  @DisplayName("P-045: a pool is asked for at the home, once, and T1 ends with the answer")
  void poolIsAskedForAtTheHome() {
    UserOfTests user = UserOfTests.asking();

    assertThat(user.sent)
        .containsExactly(
            new UserOfTests.Sent(
                1, new HandleResolution(true, PoolHandle.of("dhcp6-core"), OptionalLong.empty())));
    user.pass(T1.minus(INSTANT));
    user.tell(1, hashed(1, 1, 200));
    user.pass(T1.multipliedBy(3));

    assertThat(user.asked()).hasSize(1);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(ids(user.view().members())).containsExactly(1L);
    assertThat(user.connections()).isEqualTo(1);
  }

  @Test
  @DisplayName("P-045: without a home nothing is asked, and then everything that is followed")
  void poolIsAskedForAsSoonAsThereIsAHome() {
    UserOfTests user = new UserOfTests();
    user.start();
    user.follow();
    assertThat(user.sent).isEmpty();

    user.open(2);

    assertThat(user.asked()).containsExactly(2L);
  }

  @Test
  @DisplayName("P-046: T1 expires: asked again at most twice, others are tried, then it is told")
  void silentRegistrarIsAskedAgainWhileOthersAreTried() {
    UserOfTests user =
        new UserOfTests(java.util.Map.of("hunt.seconds", "60"), io.leasehold.net.Bytes.EMPTY);
    user.start();
    user.open(1);
    user.follow();
    assertThat(user.connections()).isEqualTo(1);

    user.pass(T1);
    assertThat(user.asked()).containsExactly(1L, 1L);
    assertThat(user.connections()).isEqualTo(3);
    user.pass(T1);
    assertThat(user.asked()).containsExactly(1L, 1L, 1L);
    assertThat(user.count(UserCounter.RESOLUTIONS_FAILED)).isZero();
    user.pass(T1);

    assertThat(user.asked()).hasSize(3);
    assertThat(user.count(UserCounter.RESOLUTIONS_REPEATED)).isEqualTo(2);
    assertThat(user.count(UserCounter.RESOLUTIONS_FAILED)).isEqualTo(1);
    assertThat(user.desk.alarms()).anyMatch(each -> each.contains("no registrar has ever told"));
    user.pass(Duration.ofSeconds(5));
    assertThat(user.asked()).hasSize(4);
  }

  @Test
  @DisplayName("P-047, P-068: another registrar that is there is home, and is asked with S=1")
  void anotherRegistrarBecomesHome() {
    UserOfTests user = UserOfTests.asking();
    user.pass(T1);
    long another = user.connects.size();
    user.sent.clear();

    user.open(another);
    user.tell(another, hashed(1, 1, 200));

    assertThat(user.sent)
        .containsExactly(
            new UserOfTests.Sent(
                another,
                new HandleResolution(true, PoolHandle.of("dhcp6-core"), OptionalLong.empty())));
    assertThat(user.closed).contains(1L);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
  }

  @Test
  @DisplayName("P-046: a home that answers after all stays home, and the hunt ends")
  void homeThatAnswersStays() {
    UserOfTests user = UserOfTests.asking();
    user.pass(T1);
    assertThat(user.connections()).isEqualTo(3);

    user.tell(1, hashed(1, 1, 200));

    assertThat(user.connections()).isEqualTo(1);
    assertThat(user.closed).doesNotContain(1L);
  }

  @Test
  @DisplayName("P-048: what could not be sent is not sent again on that connection")
  void undeliverableMessageIsNotSentAgainThere() {
    UserOfTests user = UserOfTests.atHome();
    user.pass(Duration.ofMinutes(1));
    user.sends = false;
    user.follow();
    user.sends = true;

    assertThat(user.closed).contains(1L);
    assertThat(user.count(UserCounter.SEND_FAILURES)).isEqualTo(1);
    user.pass(INSTANT);
    long another = user.connects.size();
    user.open(another);
    assertThat(user.asked()).containsExactly(another);
  }

  @Test
  @DisplayName("P-049: who is known is used without a question")
  void whoIsKnownIsUsedWithoutAQuestion() {
    UserOfTests user = UserOfTests.asking();
    PoolSubscription pool = user.desk.follow(UserOfTests.POOL, new UserOfTests.Heard());
    user.tell(1, hashed(1, 1, 200));

    for (int i = 0; i < 100; i++) {
      assertThat(pool.candidates(CLIENT)).hasSize(1);
      user.pass(Duration.ofMillis(299));
    }

    assertThat(user.asked()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("P-050: after stale_cache_value a pool is asked for again, and used meanwhile")
  void stalePoolIsAskedForAgainAndUsedMeanwhile() {
    UserOfTests user = UserOfTests.knowing();

    user.pass(Duration.ofSeconds(30).minus(INSTANT));
    assertThat(user.asked()).isEmpty();
    user.pass(INSTANT);
    assertThat(user.asked()).containsExactly(1L);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(user.view().members()).hasSize(4);

    user.pass(T1);
    assertThat(user.view().state()).isEqualTo(PoolView.State.STALE);
    assertThat(user.view().members()).hasSize(4);
    user.tell(1, hashed(1, 1, 200));
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
  }

  @Test
  @DisplayName("P-051: without a policy it is round robin, whatever stands in the members")
  void withoutAPolicyItIsRoundRobin() {
    UserOfTests user = UserOfTests.asking();
    PoolSubscription pool = user.follow();
    PoolPolicy high = PoolPolicy.of(PolicyType.PRIORITY, 200);
    PoolPolicy low = PoolPolicy.of(PolicyType.PRIORITY, 100);

    user.tell(1, Optional.empty(), element(1, low), element(2, high));

    assertThat(pool.view().policy()).isEqualTo("round-robin");
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(1L, 2L);
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(2L, 1L);
  }

  @Test
  @DisplayName("P-051: the policy of the response decides, not that of the members")
  void policyOfTheResponseDecides() {
    UserOfTests user = UserOfTests.asking();
    PoolSubscription pool = user.follow();

    user.tell(
        1,
        Optional.of(PoolPolicy.of(PolicyType.PRIORITY, 0)),
        element(1, PoolPolicy.of(PolicyType.PRIORITY, 100)),
        element(2, PoolPolicy.of(PolicyType.LEAST_USED, 200)));

    assertThat(pool.view().policy()).isEqualTo("priority");
    assertThat(ids(pool.candidates(CLIENT))).containsExactly(2L, 1L);
  }

  @Test
  @DisplayName("P-052: a response with an error is negative, whatever else stands in it")
  void responseWithAnErrorIsNegative() {
    UserOfTests user = UserOfTests.knowing();

    user.hear(
        1,
        new HandleResolutionResponse(
            true,
            PoolHandle.of("dhcp6-core"),
            Optional.empty(),
            List.of(hashed(9, 9, 9)),
            Optional.of(OperationError.of(ErrorCause.LACK_OF_RESOURCES))));

    assertThat(ids(user.view().members())).containsExactly(1L, 2L, 3L, 4L);
    assertThat(user.count(UserCounter.RESOLUTIONS_REFUSED)).isEqualTo(1);
    // It may be that another registrar can say more.
    assertThat(user.connections()).isEqualTo(3);
  }

  @Test
  @DisplayName("P-052: a pool that there is not is asked for again after 5 seconds")
  void negativeAnswerIsGoodForFiveSeconds() {
    UserOfTests user = UserOfTests.asking();
    user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);

    user.pass(Duration.ofSeconds(5).minus(INSTANT));
    assertThat(user.asked()).hasSize(1);
    user.pass(INSTANT);

    assertThat(user.asked()).hasSize(2);
    assertThat(user.connections()).isEqualTo(1);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(user.view().members()).isEmpty();
    assertThat(user.desk.alarms()).anyMatch(each -> each.contains("has no members"));
  }

  @Test
  @DisplayName("P-068: an update is taken as an answer is, without a question")
  void updateIsTaken() {
    UserOfTests user = UserOfTests.knowing();
    user.pass(Duration.ofSeconds(20));

    user.tell(1, hashed(1, 1, 200), hashed(5, 3, 200));

    assertThat(ids(user.view().members())).containsExactly(1L, 5L);
    assertThat(user.asked()).isEmpty();
    user.pass(Duration.ofSeconds(29));
    assertThat(user.asked()).isEmpty();
    user.pass(Duration.ofSeconds(1));
    assertThat(user.asked()).hasSize(1);
  }

  @Test
  @DisplayName("P-068: with the connection updates end, and are asked for at the next home")
  void updatesAreAskedForAtTheNextHome() {
    UserOfTests user = UserOfTests.knowing();
    user.pass(Duration.ofSeconds(20));
    user.end(1, "reset");
    assertThat(user.asked()).isEmpty();
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);

    user.pass(Duration.ofSeconds(1));
    long next = user.connects.size();
    user.open(next);

    assertThat(user.asked()).containsExactly(next);
    assertThat(((HandleResolution) user.sent.get(0).message()).updates()).isTrue();
  }

  @Test
  @DisplayName("P-064: only the home is asked and heard")
  void onlyTheHomeIsHeard() {
    UserOfTests user = UserOfTests.asking();
    user.pass(T1);

    user.tell(2, hashed(1, 1, 200));

    assertThat(user.view().state()).isEqualTo(PoolView.State.UNKNOWN);
    assertThat(user.count(UserCounter.MESSAGES_STRAY)).isEqualTo(1);
    assertThat(user.asked()).containsOnly(1L);
  }

  @Test
  void poolThatNobodyFollowsIsNeitherAskedForNorTaken() {
    UserOfTests user = UserOfTests.atHome();
    UserOfTests.Heard gone = new UserOfTests.Heard();
    PoolSubscription pool = user.desk.follow(UserOfTests.POOL, gone);
    pool.close();
    user.sent.clear();

    user.tell(1, hashed(1, 1, 200));
    user.pass(Duration.ofMinutes(5));

    assertThat(user.asked()).isEmpty();
    assertThat(gone.views).isEmpty();
    assertThat(user.desk.views()).isEmpty();
    assertThat(user.count(UserCounter.RESPONSES_UNWANTED)).isEqualTo(1);
  }

  @Test
  void poolsAreBounded() {
    UserOfTests user = UserOfTests.atHome();
    PoolListener nobody = view -> {};
    for (int i = 0; i < ViewDocument.MOST_POOLS; i++) {
      user.desk.follow(io.leasehold.pool.PoolHandle.ofText("pool" + i), nobody);
    }

    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> user.desk.follow(io.leasehold.pool.PoolHandle.ofText("one-more"), nobody))
        .withMessageContaining("256 pools at most");
    assertThat(user.messages(AsapMessage.HANDLE_RESOLUTION)).hasSize(256);
  }
}
