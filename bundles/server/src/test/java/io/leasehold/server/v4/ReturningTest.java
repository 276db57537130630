// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.decline;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.release;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseState;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.SubnetBuilder;
import org.junit.jupiter.api.Test;

/** RFC 2131 sections 4.3.3 and 4.3.4: DHCPDECLINE and DHCPRELEASE. */
class ReturningTest {
  private static final Arrival TO_US = unicast("192.0.2.16", ADDRESS);

  private final TestServer server = new TestServer(lab().link());

  @Test
  void releasedAddressIsRememberedAndNothingIsSaid() {
    server.serve(ALICE);

    assertThat(server.ask(release(ALICE).to(ADDRESS).having("192.0.2.16"), TO_US)).isNull();

    assertThat(server.last.changes()).hasSize(1);
    assertThat(server.lease("192.0.2.16").state()).isEqualTo(LeaseState.RELEASED);
    assertThat(server.lease("192.0.2.16").times().expires())
        .isEqualTo(server.now + TestServer.MEMORY);
    assertThat(server.count("pkt4-receive-drop")).isZero();
    assertThat(server.count("pkt4-release-received")).isEqualTo(1);
  }

  @Test
  void repeatedReleaseChangesNothing() {
    server.serve(ALICE);
    server.ask(release(ALICE).to(ADDRESS).having("192.0.2.16"), TO_US);

    server.ask(release(ALICE).to(ADDRESS).having("192.0.2.16"), TO_US);

    assertThat(server.last.changes()).isEmpty();
    assertThat(server.count("pkt4-drop-unknown-binding")).isEqualTo(1);
  }

  @Test
  void whatOthersHaveIsNotReturned() {
    server.serve(ALICE);

    server.ask(release(BOB).to(ADDRESS).having("192.0.2.16"), TO_US);
    server.ask(decline(BOB).to(ADDRESS).wanting("192.0.2.16"));
    server.ask(decline(BOB).to(ADDRESS).wanting("10.0.0.1"));
    server.ask(decline(BOB).to(ADDRESS));

    assertThat(server.lease("192.0.2.16").isActive(server.now)).isTrue();
    assertThat(server.count("pkt4-drop-unknown-binding")).isEqualTo(4);
  }

  @Test
  void declinedAddressBelongsToNobodyUntilItsProbationEnds() {
    server.serve(ALICE);

    assertThat(server.ask(decline(ALICE).to(ADDRESS).wanting("192.0.2.16"))).isNull();

    assertThat(server.last.changes()).hasSize(1);
    assertThat(server.lease("192.0.2.16").state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(server.lease("192.0.2.16").client()).isEqualTo(ClientIdentity.NONE);
    assertThat(server.lease("192.0.2.16").times().expires())
        .isEqualTo(server.now + TestServer.PROBATION);
    assertThat(brief(server.ask(discover(ALICE).wanting("192.0.2.16"))))
        .isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void whatIsForAnotherServerIsNotReturned() {
    server.serve(ALICE);

    server.ask(release(ALICE).to("192.0.2.9").having("192.0.2.16"), TO_US);
    server.ask(decline(ALICE).to("192.0.2.9").wanting("192.0.2.16"));

    assertThat(server.lease("192.0.2.16").isActive(server.now)).isTrue();
    assertThat(server.count("pkt4-drop-other-server")).isEqualTo(2);
  }

  @Test
  void neitherNeedsToSayForWhichServerItIs() {
    server.serve(ALICE);
    server.serve(BOB);

    server.ask(release(BOB).having("192.0.2.16"), TO_US);
    assertThat(server.lease("192.0.2.16").isActive(server.now)).isTrue();
    server.ask(release(ALICE).having("192.0.2.16"), TO_US);
    server.ask(decline(BOB).wanting("192.0.2.17"));

    assertThat(server.lease("192.0.2.16").state()).isEqualTo(LeaseState.RELEASED);
    assertThat(server.lease("192.0.2.17").state()).isEqualTo(LeaseState.ABANDONED);
  }

  @Test
  void anAddressOfAnotherLinkIsNotDeclinedHere() {
    TestServer two =
        new TestServer(
            lab().link(),
            new SubnetBuilder(2, "203.0.113.0/24").pool("203.0.113.1", "203.0.113.9").link());
    two.ask(
        Query.request(ALICE).to("203.0.113.200").wanting("203.0.113.1").through("203.0.113.254"),
        unicast("203.0.113.254", "203.0.113.200"));
    assertThat(two.lease("203.0.113.1").isActive(two.now)).isTrue();

    two.ask(decline(ALICE).to(ADDRESS).wanting("203.0.113.1"));

    assertThat(two.lease("203.0.113.1").isActive(two.now)).isTrue();
  }
}
