// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Telling a registrar of members that do not answer (RFC 5352 section 3.5). */
final class ReportsTest {
  private final UserOfTests user = UserOfTests.knowing();
  private final PoolSubscription pool = user.follow();

  private List<AsapMessage> reports() {
    return user.messages(AsapMessage.ENDPOINT_UNREACHABLE);
  }

  private PoolMember used() {
    return pool.candidates(CLIENT).get(0);
  }

  @Test
  @DisplayName("P-057: a member that does not answer is reported to the home")
  void memberThatDoesNotAnswerIsReported() {
    PoolMember member = used();

    pool.unreachable(member);

    assertThat(user.sent)
        .containsExactly(
            new UserOfTests.Sent(
                1, new EndpointUnreachable(PoolHandle.of("dhcp6-core"), member.id())));
    assertThat(user.count(UserCounter.REPORTS_SENT)).isEqualTo(1);
    assertThat(user.count(UserCounter.REPORTS_LOST)).isZero();
  }

  @Test
  @DisplayName("P-057, P-164: 50 packets or 2000 calls are one report in 10 seconds")
  void reportsOfAMemberAreTenSecondsApart() {
    PoolMember member = used();
    for (int i = 0; i < 2000; i++) {
      pool.unreachable(member);
      user.pass(Duration.ofMillis(4));
    }
    assertThat(reports()).hasSize(1);
    assertThat(user.count(UserCounter.REPORTS_HELD_BACK)).isEqualTo(1999);

    user.pass(Duration.ofMillis(1999));
    pool.unreachable(member);
    assertThat(reports()).hasSize(1);
    user.pass(Duration.ofMillis(1));
    pool.unreachable(member);
    assertThat(reports()).hasSize(2);
  }

  @Test
  @DisplayName("P-164: several who follow a pool report a member no more often than one")
  void severalFollowersReportNoMoreThanOne() {
    PoolSubscription another = user.follow();
    PoolMember member = another.candidates(CLIENT).get(0);
    pool.candidates(CLIENT);

    pool.unreachable(member);
    another.unreachable(member);

    assertThat(reports()).hasSize(1);
  }

  @Test
  @DisplayName("P-164: a member that comes and goes is reported no more often")
  void memberThatComesAndGoesIsReportedNoMoreOften() {
    PoolMember member = used();
    pool.unreachable(member);
    user.tell(1, hashed(9, 1, 1));
    user.tell(1, hashed(member.id(), member.group(), member.rank()));
    pool.candidates(CLIENT);

    pool.unreachable(member);

    assertThat(reports()).hasSize(1);
  }

  @Test
  @DisplayName("P-058: a member that nobody was sent to is not reported")
  void memberThatWasNotUsedIsNotReported() {
    pool.unreachable(pool.view().members().get(0));

    assertThat(reports()).isEmpty();
    assertThat(user.count(UserCounter.REPORTS_UNUSED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-058: a member that is not, or not there, is not reported")
  void strangerIsNotReported() {
    PoolMember member = used();
    pool.unreachable(
        new PoolMember(
            member.id(),
            member.group(),
            1,
            1,
            member.address(),
            member.port() + 1,
            member.transport(),
            0));
    user.tell(1, hashed(9, 1, 1));
    pool.unreachable(member);

    assertThat(reports()).isEmpty();
    assertThat(user.count(UserCounter.REPORTS_UNUSED)).isEqualTo(2);
  }

  @Test
  void withoutARegistrarNothingIsReportedNorKept() {
    PoolMember member = used();
    user.end(1, "reset");
    pool.unreachable(member);
    user.pass(Duration.ofSeconds(1));
    user.open(user.connects.size());

    assertThat(reports()).isEmpty();
    assertThat(user.count(UserCounter.REPORTS_LOST)).isEqualTo(1);
  }

  @Test
  void whoHasClosedReportsNothing() {
    PoolMember member = used();
    pool.close();
    pool.unreachable(member);

    assertThat(reports()).isEmpty();
  }
}
