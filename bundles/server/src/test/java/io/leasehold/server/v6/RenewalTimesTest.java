// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.SubnetBuilder.always;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseTimes;
import io.leasehold.server.plan.Lifetimes;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8415 sections 7.7, 14.2 and 21.4. */
class RenewalTimesTest {
  private static final long INFINITY = 0xffff_ffffL;

  private static OptionalLong dictated(long seconds) {
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  @Test
  void shortestLifetimeOfAllAssociationsDecides() {
    Lifetimes brief = SubnetBuilder.computed(always(1000), always(4000));
    TestServer server =
        new TestServer(
            SubnetBuilder.network(
                SubnetBuilder.lab(),
                new SubnetBuilder(2, "2001:db8:2::/64")
                    .lifetimes(brief)
                    .prefixPool("2001:db8:100::/40", 56)));

    var reply = server.ask(request(ALICE).na(1).pd(2));

    assertThat(na(reply, 1).t1Seconds()).isEqualTo(500);
    assertThat(na(reply, 1).t2Seconds()).isEqualTo(800);
    assertThat(pd(reply, 2).t1Seconds()).isEqualTo(500);
    assertThat(pd(reply, 2).t2Seconds()).isEqualTo(800);
  }

  @ParameterizedTest(name = "preferred {0}, plan {1}/{2}, computed {3}: T1 {4}, T2 {5}")
  @CsvSource({
    "3000, -1, -1, true, 1500, 2400",
    "3000, -1, -1, false, 0, 0",
    "3000, 1000, 2000, false, 1000, 2000",
    "3000, 1000, -1, true, 1000, 2400",
    "3000, 1000, -1, false, 1000, 0",
    "3000, -1, 1200, true, 1200, 1200",
    "3000, 2900, 2000, true, 2000, 2000",
    "4294967295, -1, -1, true, 4294967295, 4294967295",
    "4294967295, 600, -1, true, 600, 4294967295",
    "10, -1, -1, true, 5, 8",
    "777, -1, -1, true, 389, 622",
    "1, -1, -1, true, 1, 1",
  })
  void timesFollowThePlanOrTheShortestPreferredLifetime(
      long preferred, long renew, long rebind, boolean computed, long t1, long t2) {
    long valid = Math.max(preferred, 4000);
    Lifetimes lifetimes =
        new Lifetimes(
            always(preferred),
            always(valid),
            dictated(renew),
            dictated(rebind),
            computed,
            0.5,
            0.8);
    TestServer server = new TestServer(SubnetBuilder.lab().lifetimes(lifetimes).link());

    var reply = server.ask(request(ALICE).na(1));

    assertThat(na(reply, 1).t1Seconds()).isEqualTo(t1);
    assertThat(na(reply, 1).t2Seconds()).isEqualTo(t2);
    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 " + preferred + "/" + valid);
    assertThat(server.address("2001:db8:1::10").times().expires())
        .isEqualTo(valid == INFINITY ? LeaseTimes.NEVER : server.now + valid);
  }
}
