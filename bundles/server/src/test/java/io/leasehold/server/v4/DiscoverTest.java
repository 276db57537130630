// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.CAROL;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.server.v6.SubnetBuilder;
import org.junit.jupiter.api.Test;

/** RFC 2131 section 4.3.1. */
class DiscoverTest {
  private final TestServer server = new TestServer(lab().link());

  @Test
  void discoverOfferRequestAck() {
    Dhcp4Message offer = server.ask(discover(ALICE));
    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 4000");
    assertThat(server.last.changes()).isEmpty();
    assertThat(server.last.replyCounter()).isEqualTo("pkt4-offer-sent");

    Dhcp4Message ack = server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.16"));

    assertThat(brief(ack)).isEqualTo("ack 192.0.2.16 4000");
    assertThat(server.last.replyCounter()).isEqualTo("pkt4-ack-sent");
    assertThat(server.last.changes()).hasSize(1);
    Lease lease = server.lease("192.0.2.16");
    assertThat(lease.isActive(server.now + 3999)).isTrue();
    assertThat(lease.isActive(server.now + 4000)).isFalse();
    assertThat(lease.client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.ofHex("0102000000000a")));
  }

  @Test
  void whatIsOfferedIsKeptForTheClientAndOfferedAgain() {
    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
    assertThat(brief(server.ask(discover(BOB)))).isEqualTo("offer 192.0.2.17 4000");
    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");

    server.now += 61;

    assertThat(brief(server.ask(discover(CAROL).wanting("192.0.2.16"))))
        .isEqualTo("offer 192.0.2.16 4000");
  }

  @Test
  void currentThenPreviousThenRequestedAddressIsOffered() {
    assertThat(brief(server.ask(discover(ALICE).wanting("192.0.2.20"))))
        .isEqualTo("offer 192.0.2.20 4000");
    server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.20"));

    assertThat(brief(server.ask(discover(ALICE).wanting("192.0.2.25"))))
        .isEqualTo("offer 192.0.2.20 4000");

    server.ask(
        Query.release(ALICE).to(ADDRESS).having("192.0.2.20"),
        TestServer.unicast("192.0.2.20", ADDRESS));
    assertThat(brief(server.ask(discover(ALICE).wanting("192.0.2.25"))))
        .isEqualTo("offer 192.0.2.20 4000");
  }

  @Test
  void requestedAddressThatIsTakenOrElsewhereIsNotOffered() {
    server.serve(BOB);

    assertThat(brief(server.ask(discover(ALICE).wanting("192.0.2.16"))))
        .isEqualTo("offer 192.0.2.17 4000");
    assertThat(brief(server.ask(discover(CAROL).wanting("192.0.2.200"))))
        .isEqualTo("offer 192.0.2.18 4000");
  }

  @Test
  void nothingIsSaidWhenThePoolIsEmpty() {
    TestServer small =
        new TestServer(
            new SubnetBuilder(1, "192.0.2.0/24").pool("192.0.2.16", "192.0.2.16").link());
    small.serve(ALICE);

    assertThat(small.ask(discover(BOB))).isNull();
    assertThat(small.count("pkt4-drop-no-address")).isEqualTo(1);
    assertThat(brief(small.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
  }

  @Test
  void rapidCommitNeedsTheClientAndThePlan() {
    assertThat(brief(server.ask(discover(ALICE).rapidCommit()))).isEqualTo("offer 192.0.2.16 4000");

    TestServer rapid = new TestServer(lab().rapidCommit().link());
    assertThat(brief(rapid.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
    Dhcp4Message ack = rapid.ask(discover(ALICE).rapidCommit());

    assertThat(brief(ack)).isEqualTo("ack 192.0.2.16 4000");
    assertThat(codes(ack)).contains(80);
    assertThat(rapid.last.changes()).hasSize(1);
  }

  @Test
  void leaseTimeFollowsTheClientWithinTheBoundsOfThePlan() {
    TestServer bounded =
        new TestServer(
            lab()
                .lifetimes(
                    SubnetBuilder.computed(
                        new io.leasehold.server.plan.Lifetimes.Range(0, 0, 0),
                        new io.leasehold.server.plan.Lifetimes.Range(1000, 2000, 3000)))
                .link());

    assertThat(brief(bounded.ask(discover(ALICE)))).endsWith(" 2000");
    assertThat(brief(bounded.ask(discover(ALICE).forSeconds(1500)))).endsWith(" 1500");
    assertThat(brief(bounded.ask(discover(ALICE).forSeconds(1)))).endsWith(" 1000");
    assertThat(brief(bounded.ask(discover(ALICE).forSeconds(0xffff_ffffL)))).endsWith(" 3000");
    Dhcp4Message offer = bounded.ask(discover(ALICE));
    assertThat(offer.options().first(Dhcp4Options.RENEWAL_TIME)).contains(1000L);
    assertThat(offer.options().first(Dhcp4Options.REBINDING_TIME)).contains(1600L);
  }

  @Test
  void aLeaseForEverHasNoTimes() {
    TestServer forever =
        new TestServer(
            lab()
                .lifetimes(
                    SubnetBuilder.computed(
                        SubnetBuilder.always(0), SubnetBuilder.always(0xffff_ffffL)))
                .link());

    Dhcp4Message offer = forever.ask(discover(ALICE));

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 4294967295");
    assertThat(codes(offer)).doesNotContain(58, 59);
    assertThat(forever.serve(ALICE)).isEqualTo(Ipv4.ofText("192.0.2.16"));
    assertThat(forever.lease("192.0.2.16").times().expires()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void unknownLinkIsNotAnswered() {
    assertThat(server.ask(discover(ALICE).through("203.0.113.1"))).isNull();
    assertThat(server.count("pkt4-drop-unknown-link")).isEqualTo(1);
  }
}
