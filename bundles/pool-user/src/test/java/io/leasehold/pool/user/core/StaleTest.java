// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static io.leasehold.pool.user.core.UserOfTests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Stale beats nothing: what was known once is used until something else is known. */
final class StaleTest {
  private static final Duration GRACE = Duration.ofSeconds(32);

  /** Whoever tries to connect is refused. */
  private static void refuseAll(UserOfTests user, Duration time) {
    for (int i = 0; i < time.toSeconds(); i++) {
      for (long session = 1; session <= user.connects.size(); session++) {
        if (!user.closed.contains(session)) {
          user.end(session, "refused");
        }
      }
      user.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  @DisplayName("P-050: with every registrar gone the last view is used for ever")
  void withoutRegistrarsTheLastViewIsUsedForEver() {
    UserOfTests user = UserOfTests.asking();
    PoolSubscription pool = user.follow();
    user.tell(1, hashed(1, 1, 200), hashed(2, 2, 200));
    List<Long> before = ids(pool.candidates(CLIENT));
    refuseAll(user, GRACE);

    assertThat(pool.view().state()).isEqualTo(PoolView.State.STALE);
    assertThat(user.desk.alarms()).anyMatch(each -> each.contains("as it was known last"));
    refuseAll(user, Duration.ofHours(3));
    user.pass(Duration.ofDays(30));

    assertThat(ids(pool.candidates(CLIENT))).isEqualTo(before).hasSize(2);
    assertThat(user.heard.views.get(user.heard.views.size() - 1).state())
        .isEqualTo(PoolView.State.STALE);
    assertThat(user.desk.registrars()).hasSize(3);
  }

  @Test
  @DisplayName("P-050: a pool is stale as soon as nobody says any more that it is so")
  void poolGrowsStaleWhenNobodyTellsOfIt() {
    UserOfTests user = UserOfTests.knowing();
    user.end(1, "reset");

    user.pass(GRACE.minusMillis(1));
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    user.pass(Duration.ofMillis(1));
    assertThat(user.view().state()).isEqualTo(PoolView.State.STALE);
    assertThat(user.view().since()).isEqualTo(UserOfTests.BEGINNING.plus(GRACE));
  }

  @Test
  @DisplayName("14.3: what is on disk is known from the beginning")
  void whatIsOnDiskIsKnownFromTheBeginning() {
    UserOfTests before = UserOfTests.knowing();
    List<Long> order = ids(before.follow().candidates(CLIENT));
    before.pass(Duration.ofSeconds(1));
    assertThat(before.stored).hasSize(1);

    UserOfTests after = new UserOfTests(Map.of(), before.stored.get(0));
    PoolSubscription pool = after.follow();

    assertThat(pool.view().state()).isEqualTo(PoolView.State.STALE);
    assertThat(pool.view().policy()).isEqualTo("client-hash");
    assertThat(pool.view().assurance()).isEqualTo(io.leasehold.security.Assurance.NONE);
    assertThat(ids(pool.candidates(CLIENT))).isEqualTo(order).hasSize(4);
    assertThat(after.heard.views).hasSize(1);
    assertThat(after.desk.refused()).isEmpty();
  }

  @Test
  void damagedFileIsRefusedAndIgnored() {
    byte[] octets = stored().toArray();
    octets[octets.length / 2] ^= 1;

    UserOfTests after = new UserOfTests(Map.of(), Bytes.wrap(octets));
    PoolSubscription pool = after.follow();

    assertThat(pool.view().state()).isEqualTo(PoolView.State.UNKNOWN);
    assertThat(pool.candidates(CLIENT)).isEmpty();
    assertThat(after.desk.refused()).contains("checksum");
    assertThat(after.desk.alarms()).contains(after.desk.refused());
  }

  @Test
  void fileWithAPoolThatCannotBeIsNotUsedInPartsEither() {
    StoredPool good = ViewDocument.read(stored()).get(0);
    StoredPool none =
        new StoredPool(
            HandleResolutionResponse.negative(
                PoolHandle.of("gone"), OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE)),
            0);

    UserOfTests after = new UserOfTests(Map.of(), ViewDocument.write(List.of(good, none)));

    assertThat(after.follow().view().state()).isEqualTo(PoolView.State.UNKNOWN);
    assertThat(after.desk.refused()).contains("cannot be read");
  }

  private static Bytes stored() {
    UserOfTests before = UserOfTests.knowing();
    before.pass(Duration.ofSeconds(1));
    return before.stored.get(0);
  }

  @Test
  void changesThatFollowEachOtherAreStoredTogether() {
    UserOfTests user = UserOfTests.asking();
    for (int i = 0; i < 50; i++) {
      user.tell(1, hashed(i, 1, 200));
      user.pass(Duration.ofMillis(100));
    }
    user.pass(Duration.ofSeconds(2));

    assertThat(user.stored).hasSizeBetween(4, 6);
    assertThat(ViewDocument.read(user.stored.get(user.stored.size() - 1)))
        .singleElement()
        .satisfies(
            each -> assertThat(each.response().elements().get(0).identifier()).isEqualTo(49));
  }

  @Test
  void whatIsConfirmedOnlyIsNotStoredAgain() {
    UserOfTests user = UserOfTests.knowing();
    user.pass(Duration.ofSeconds(2));
    for (int i = 0; i < 10; i++) {
      user.tell(1, hashed(4, 2, 100), hashed(3, 2, 200), hashed(2, 1, 100), hashed(1, 1, 200));
      user.pass(Duration.ofSeconds(30));
    }

    assertThat(user.stored).hasSize(1);
    assertThat(user.heard.views).hasSize(1);
  }

  @Test
  void whatIsNotStoredYetIsStoredAtTheEnd() {
    UserOfTests user = UserOfTests.knowing();
    assertThat(user.stored).isEmpty();

    user.desk.user().stop(0);

    assertThat(user.stored).hasSize(1);
    assertThat(user.closed).contains(1L);
  }

  @Test
  @DisplayName(
      "14.3: a registrar that has just begun knows of no pool, and is not believed at once")
  void poolIsNotGoneAtOnce() {
    UserOfTests user = UserOfTests.knowing();
    user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);
    assertThat(user.view().members()).hasSize(4);

    for (int i = 0; i < 6; i++) {
      user.pass(Duration.ofSeconds(5));
      user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);
      assertThat(user.view().members()).as("after %s s", 5 * i + 5).hasSize(4);
    }
    user.pass(Duration.ofSeconds(5));
    user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);

    assertThat(user.view().members()).isEmpty();
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
  }

  @Test
  void poolThatIsBackInTimeWasNeverGone() {
    UserOfTests user = UserOfTests.knowing();
    user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);
    user.pass(Duration.ofSeconds(4));
    user.tell(1, hashed(1, 1, 200), hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));
    user.pass(GRACE.minusSeconds(3));
    user.deny(1, ErrorCause.UNKNOWN_POOL_HANDLE);

    assertThat(user.view().members()).hasSize(4);
    assertThat(user.count(UserCounter.RESOLUTIONS_UNKNOWN)).isEqualTo(2);
    assertThat(user.heard.failovers).isEmpty();
  }

  private static final PoolElement[] PAIR_A = {hashed(1, 1, 200), hashed(2, 1, 100)};

  /** Another registrar is the home. */
  private static UserOfTests elsewhere() {
    UserOfTests user = UserOfTests.knowing();
    user.end(1, "reset");
    user.pass(Duration.ofSeconds(5));
    long session = user.connects.size();
    user.open(session);
    return user;
  }

  private static long home(UserOfTests user) {
    return user.connects.size();
  }

  @Test
  @DisplayName("14.3: of a registrar that knows only some members yet the others are awaited")
  void membersThatARegistrarDoesNotKnowYetAreAwaited() {
    UserOfTests user = elsewhere();
    List<Long> before = ids(user.follow().candidates(CLIENT));

    user.tell(home(user), PAIR_A);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(ids(user.follow().candidates(CLIENT))).isEqualTo(before).hasSize(4);
    assertThat(user.heard.failovers).isEmpty();

    user.pass(GRACE.minusMillis(1));
    user.tell(home(user), PAIR_A);
    assertThat(user.view().members()).hasSize(4);
    user.pass(Duration.ofMillis(1));
    user.tell(home(user), PAIR_A);
    assertThat(ids(user.view().members())).containsExactly(1L, 2L);
  }

  @Test
  void whoWasNamedOnThisConnectionAndIsNoLongerHasLeft() {
    UserOfTests user = elsewhere();
    user.tell(home(user), hashed(1, 1, 200), hashed(2, 1, 100), hashed(3, 2, 200));
    assertThat(ids(user.view().members())).containsExactly(1L, 2L, 3L, 4L);

    user.tell(home(user), PAIR_A);

    assertThat(ids(user.view().members())).as("4 is still awaited").containsExactly(1L, 2L, 4L);
  }

  @Test
  void whoHasCalledAgainIsNotAwaitedAnyMore() {
    UserOfTests user = elsewhere();
    user.tell(home(user), PAIR_A);
    user.tell(home(user), PAIR_A[0], PAIR_A[1], hashed(3, 2, 200), hashed(4, 2, 100));
    user.tell(home(user), PAIR_A);

    assertThat(ids(user.view().members())).containsExactly(1L, 2L);
  }

  @Test
  void poolWithAnotherPolicyIsAnotherPool() {
    UserOfTests user = elsewhere();

    user.tell(home(user), UserOfTests.element(9, PoolPolicy.of(PolicyType.ROUND_ROBIN)));

    assertThat(ids(user.view().members())).containsExactly(9L);
  }

  @Test
  void registrarsOneAfterTheOtherMakeItKnowNoMoreThanAMessageHolds() {
    UserOfTests user = UserOfTests.asking();
    long id = 1;
    for (int i = 0; i < 8; i++) {
      PoolElement[] some = new PoolElement[300];
      for (int j = 0; j < some.length; j++) {
        some[j] = hashed(id++, 1, 200);
      }
      user.tell(home(user), some);
      user.end(home(user), "reset");
      user.pass(Duration.ofSeconds(2));
      user.open(home(user));
    }

    user.pass(Duration.ofSeconds(5));
    assertThat(user.view().members()).hasSizeBetween(300, Awaited.MOST_OCTETS / 40);
    assertThat(ViewDocument.read(user.stored.get(user.stored.size() - 1))).hasSize(1);
  }
}
