// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.decline;
import static io.leasehold.server.v6.ClientMessage.rebind;
import static io.leasehold.server.v6.ClientMessage.release;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.server.lease.FakeGovernor;
import io.leasehold.server.plan.Lifetimes;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What clients hear on a link that two servers share (RFC 8156). */
class SharedLinkTest {
  private final FakeGovernor governor = new FakeGovernor(true);
  private final SubnetBuilder lab =
      SubnetBuilder.lab()
          .rapidCommit()
          .prefixPool("2001:db8:100::/40", 48)
          .prefixPool("2001:db8:200::/40", 56);
  private final TestServer server = new TestServer(governor, lab.sharedLink(FakeGovernor.NAME));

  @Test
  void everyWayToALeaseGoesThroughTheOwnHalf() {
    assertThat(addresses(server.ask(solicit(ALICE).na(1, "2001:db8:1::12")), 1))
        .containsExactly("2001:db8:1::11 3000/4000");
    assertThat(addresses(server.ask(solicit(ALICE).rapidCommit().na(2, "2001:db8:1::12")), 2))
        .containsExactly("2001:db8:1::13 3000/4000");
    assertThat(addresses(server.ask(request(BOB).na(1, "2001:db8:1::12")), 1))
        .containsExactly("2001:db8:1::15 3000/4000");
    server.table.put(ended(server.address("2001:db8:1::15"), LeaseState.FREE_BACKUP));
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1))
        .as("what is remembered, too")
        .doesNotContain("2001:db8:1::15 3000/4000");
  }

  private static Lease ended(Lease lease, LeaseState state) {
    return lease.with(state, lease.times());
  }

  /** RFC 8156 section 4.4: what follows from the lifetime is computed from what is promised. */
  @Test
  void aLifetimeThatIsCutHasTimesOfItsOwn() {
    governor.mostSeconds = 60;

    assertThat(addresses(server.ask(solicit(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::11 37/60");
    ClientServerMessage reply = server.ask(request(ALICE).na(1, "2001:db8:1::11").pd(2));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::11 37/60");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100::/48 37/60");
    assertThat(na(reply, 1).t1Seconds()).isEqualTo(19);
    assertThat(na(reply, 1).t2Seconds()).isEqualTo(30);
    Lease lease = server.address("2001:db8:1::11");
    assertThat(lease.times().expires()).isEqualTo(server.now + 60);
    assertThat(FakeGovernor.marks(lease)).isEqualTo(1);
    assertThat(governor.terms).contains(new Terms(19, 4000));
  }

  @Test
  void dictatedTimesDoNotOutliveALifetimeThatIsCut() {
    Lifetimes dictated =
        new Lifetimes(
            SubnetBuilder.always(3000),
            SubnetBuilder.always(4000),
            OptionalLong.of(1000),
            OptionalLong.of(2000),
            false,
            0.5,
            0.8);
    TestServer dictating =
        new TestServer(governor, lab.lifetimes(dictated).sharedLink(FakeGovernor.NAME));
    assertThat(na(dictating.ask(request(ALICE).na(1)), 1).t1Seconds()).isEqualTo(1000);

    governor.mostSeconds = 60;
    ClientServerMessage reply = dictating.ask(renew(ALICE).na(1, "2001:db8:1::11"));

    assertThat(na(reply, 1).t1Seconds()).isEqualTo(19);
    assertThat(na(reply, 1).t2Seconds()).isEqualTo(30);
  }

  @Test
  void eachChangeIsMarked() {
    server.ask(request(ALICE).na(1));
    server.ask(renew(ALICE).na(1, "2001:db8:1::11"));
    assertThat(FakeGovernor.marks(server.address("2001:db8:1::11"))).isEqualTo(2);

    server.ask(release(ALICE).na(1, "2001:db8:1::11"));
    assertThat(server.address("2001:db8:1::11").state()).isEqualTo(LeaseState.RELEASED);
    assertThat(FakeGovernor.marks(server.address("2001:db8:1::11"))).isEqualTo(3);
    assertThat(governor.terms).isEmpty();

    server.ask(request(BOB).na(1, "2001:db8:1::13"));
    server.ask(decline(BOB).na(1, "2001:db8:1::13"));
    assertThat(server.address("2001:db8:1::13").state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(FakeGovernor.marks(server.address("2001:db8:1::13"))).isEqualTo(2);
  }

  /** The partner may have given it, and has not said so yet. */
  @Test
  void nothingIsSaidOfLeasesThatMayBeThePartners() {
    governor.silent = true;

    assertThat(server.ask(renew(ALICE).na(1, "2001:db8:1::12"))).isNull();
    assertThat(server.ask(renew(ALICE).na(1, "2001:db8:1::13").pd(2, "2001:db8:105::/48")))
        .isNull();
    assertThat(server.ask(rebind(ALICE).na(1, "2001:db8:1::12"))).isNull();
    assertThat(server.ask(rebind(ALICE).pd(1, "2001:db8:105::/48"))).isNull();
    assertThat(server.table.size()).isZero();

    governor.silent = false;
    assertThat(addresses(server.ask(rebind(ALICE).na(1, "2001:db8:1::12")), 1))
        .contains("2001:db8:1::12 0/0");
  }

  @Test
  void whatIsKnownIsExtendedBesideWhatIsNot() {
    server.ask(request(ALICE).na(1));
    governor.silent = true;

    ClientServerMessage reply =
        server.ask(rebind(ALICE).na(1, "2001:db8:1::11", "2001:db8:1::12").na(2, "2001:db8:1::14"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::11 3000/4000");
    assertThat(reply.options().all(Dhcp6Options.IA_NA)).hasSize(1);
  }

  /** RFC 8156 section 8.7.1. */
  @Test
  void onlyWhatIsOnRecordIsRenewedWhileNothingIsGiven() {
    server.ask(request(ALICE).na(1));
    governor.service = Service.RECORDED;

    assertThat(addresses(server.ask(renew(ALICE).na(1, "2001:db8:1::11")), 1))
        .containsExactly("2001:db8:1::11 3000/4000");
    assertThat(server.ask(renew(BOB).na(1, "2001:db8:1::13"))).isNull();
    assertThat(server.ask(renew(BOB).na(1))).isNull();
    ClientServerMessage both = server.ask(renew(ALICE).na(1, "2001:db8:1::11").na(2));
    assertThat(both.options().all(Dhcp6Options.IA_NA)).hasSize(1);
    assertThat(server.table.size()).isEqualTo(1);
  }

  /** RFC 8156 section 7.5.4: the partner would not believe that it has expired. */
  @Test
  void whatAClientNoLongerHasIsReleased() {
    server.ask(request(ALICE).pd(1));
    assertThat(server.prefix("2001:db8:100::/48").state()).isEqualTo(LeaseState.ACTIVE);

    ClientServerMessage reply = server.ask(request(ALICE).pd(1, "::/56"));

    assertThat(prefixes(reply, 1)).containsExactly("2001:db8:200::/56 3000/4000");
    assertThat(server.prefix("2001:db8:100::/48").state()).isEqualTo(LeaseState.RELEASED);
  }

  @Test
  void oneViewAnswersOneRequest() {
    int before = governor.views;
    server.ask(request(ALICE).na(1).na(2).pd(3));

    assertThat(governor.views).isEqualTo(before + 1);
  }
}
