// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.OTHER_ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** RFC 2131 section 4.3.2: what a client was doing decides what it is told. */
class Dhcp4RequestTest {
  static final Dhcp4Terms AUTHORITATIVE =
      new Dhcp4Terms(true, true, BootFields.NONE, OptionalDouble.empty(), 60, false, false);

  private final TestServer server = new TestServer(lab().link());
  private final TestServer authority = new TestServer(lab().dhcp4(AUTHORITATIVE).link());

  @Test
  void anyOfOurAddressesMeansUs() {
    server.ask(discover(ALICE));

    assertThat(brief(server.ask(request(ALICE).to(OTHER_ADDRESS).wanting("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void anotherServersChoiceIsLeftAlone() {
    server.ask(discover(ALICE));

    assertThat(server.ask(request(ALICE).to("192.0.2.9").wanting("192.0.2.16"))).isNull();
    assertThat(server.count("pkt4-drop-other-server")).isEqualTo(1);
    assertThat(server.lease("192.0.2.16")).isNull();
  }

  @Test
  void selectingNeedNotHaveBeenOffered() {
    assertThat(brief(server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.20"))))
        .isEqualTo("ack 192.0.2.20 4000");
  }

  @Test
  void selectingWhatCannotBeHadIsRefused() {
    server.serve(BOB);
    server.ask(discover(Query.CAROL));

    for (String address : new String[] {"192.0.2.16", "192.0.2.17", "192.0.2.99", "10.0.0.1"}) {
      assertThat(brief(server.ask(request(ALICE).to(ADDRESS).wanting(address))))
          .as(address)
          .isEqualTo("nak 0.0.0.0");
      assertThat(server.last.changes()).isEmpty();
    }
    assertThat(server.last.replyCounter()).isEqualTo("pkt4-nak-sent");
  }

  @Test
  void requestWithoutAnAddressIsIgnored() {
    assertThat(server.ask(request(ALICE).to(ADDRESS))).isNull();
    assertThat(server.ask(request(ALICE))).isNull();
    assertThat(server.count("pkt4-drop-no-requested-address")).isEqualTo(2);
  }

  @Test
  void rebootingClientKeepsItsAddress() {
    server.serve(ALICE);
    server.now += 1000;

    assertThat(brief(server.ask(request(ALICE).wanting("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
    assertThat(server.lease("192.0.2.16").times().expires()).isEqualTo(server.now + 4000);
    assertThat(server.lease("192.0.2.16").times().stateSince()).isEqualTo(server.now - 1000);
  }

  @Test
  void rebootingClientGetsBackWhatItHadIfItIsFree() {
    server.serve(ALICE);
    server.ask(
        Query.release(ALICE).to(ADDRESS).having("192.0.2.16"), unicast("192.0.2.16", ADDRESS));

    assertThat(brief(server.ask(request(ALICE).wanting("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void rebootingClientWithAWrongAddressIsRefused() {
    server.serve(ALICE);

    assertThat(brief(server.ask(request(ALICE).wanting("192.0.2.17")))).isEqualTo("nak 0.0.0.0");
  }

  @Test
  void rebootingOnTheWrongNetworkIsRefusedWhoeverIsAuthoritative() {
    Dhcp4Message nak = server.ask(request(ALICE).wanting("10.0.0.7"));

    assertThat(brief(nak)).isEqualTo("nak 0.0.0.0");
    assertThat(nak.options().first(Dhcp4Options.MESSAGE)).contains("wrong network");
    assertThat(brief(server.ask(request(ALICE).wanting("10.0.0.7").through("192.0.2.254"))))
        .isEqualTo("nak 0.0.0.0");
  }

  @Test
  void rebootingClientWithoutARecordIsForTheAuthorityToRefuse() {
    assertThat(server.ask(request(ALICE).wanting("192.0.2.20"))).isNull();
    assertThat(server.count("pkt4-drop-unknown-binding")).isEqualTo(1);
    assertThat(brief(authority.ask(request(ALICE).wanting("192.0.2.20")))).isEqualTo("nak 0.0.0.0");
  }

  @Test
  void renewalIsExtended() {
    server.serve(ALICE);
    server.now += 2000;

    Dhcp4Message ack =
        server.ask(request(ALICE).having("192.0.2.16"), unicast("192.0.2.16", ADDRESS));

    assertThat(brief(ack)).isEqualTo("ack 192.0.2.16 4000");
    assertThat(ack.clientAddress().toString()).isEqualTo("192.0.2.16");
    assertThat(server.lease("192.0.2.16").times().expires()).isEqualTo(server.now + 4000);
    assertThat(server.last.changes()).hasSize(1);
  }

  @Test
  void rebindingIsExtendedDirectlyAndThroughARelay() {
    server.serve(ALICE);

    assertThat(brief(server.ask(request(ALICE).having("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
    assertThat(brief(server.ask(request(ALICE).having("192.0.2.16").through("192.0.2.254"))))
        .isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void freeAddressOfOurPoolIsTakenOverWhenItsRecordIsLost() {
    assertThat(brief(server.ask(request(ALICE).having("192.0.2.25"))))
        .isEqualTo("ack 192.0.2.25 4000");
    assertThat(brief(server.ask(request(BOB).having("192.0.2.26"), unicast("192.0.2.26", ADDRESS))))
        .isEqualTo("ack 192.0.2.26 4000");
  }

  @Test
  void addressThatSomebodyElseHasIsRefused() {
    server.serve(BOB);

    assertThat(brief(server.ask(request(ALICE).having("192.0.2.16")))).isEqualTo("nak 0.0.0.0");
    assertThat(
            brief(server.ask(request(ALICE).having("192.0.2.16"), unicast("192.0.2.16", ADDRESS))))
        .isEqualTo("nak 0.0.0.0");
  }

  @Test
  void addressOfAnotherServersPoolIsForTheAuthorityToRefuse() {
    assertThat(server.ask(request(ALICE).having("192.0.2.99"))).isNull();
    assertThat(server.count("pkt4-drop-unknown-binding")).isEqualTo(1);
    assertThat(brief(authority.ask(request(ALICE).having("192.0.2.99")))).isEqualTo("nak 0.0.0.0");
  }

  @Test
  void rebindingOnTheWrongNetworkIsRefused() {
    assertThat(brief(server.ask(request(ALICE).having("10.0.0.7")))).isEqualTo("nak 0.0.0.0");
  }

  @Test
  void renewalOfAnAddressThePlanDoesNotKnowIsRefused() {
    // It was sent to this server alone: the client has nobody else to ask before T2.
    assertThat(brief(server.ask(request(ALICE).having("10.0.0.7"), unicast("10.0.0.7", ADDRESS))))
        .isEqualTo("nak 0.0.0.0");
  }

  @Test
  void anotherAddressOfTheSameClientEndsTheOneItHad() {
    server.serve(ALICE);

    assertThat(brief(server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.20"))))
        .isEqualTo("ack 192.0.2.20 4000");

    assertThat(server.lease("192.0.2.16").isActive(server.now)).isFalse();
    assertThat(server.lease("192.0.2.20").isActive(server.now)).isTrue();
    assertThat(server.last.changes()).hasSize(2);
  }

  @Test
  void refusalHasNothingOfAnAnswer() {
    server.serve(BOB);

    Dhcp4Message nak =
        server.ask(
            request(ALICE)
                .to(ADDRESS)
                .wanting("192.0.2.16")
                .clientId("ff0102")
                .asking(1, 3, 6, 51));

    assertThat(codes(nak)).containsExactly(53, 54, 56, 61);
    assertThat(nak.isBroadcast()).isFalse();
  }

  @Test
  void leasesAreShortWhenTheSubnetIsCrowded() {
    Dhcp4Terms adaptive =
        new Dhcp4Terms(false, true, BootFields.NONE, OptionalDouble.of(0.1), 60, false, false);
    TestServer crowded =
        new TestServer(
            lab()
                .dhcp4(adaptive)
                .lifetimes(
                    io.leasehold.server.v6.SubnetBuilder.computed(
                        io.leasehold.server.v6.SubnetBuilder.always(0),
                        new io.leasehold.server.plan.Lifetimes.Range(100, 4000, 9000)))
                .link());
    crowded.serve(ALICE);
    crowded.serve(BOB);

    // Two of 16 addresses are in use: more than one tenth.
    assertThat(brief(crowded.ask(discover(Query.CAROL)))).isEqualTo("offer 192.0.2.18 100");
    assertThat(brief(crowded.ask(discover(Query.CAROL).forSeconds(9000))))
        .isEqualTo("offer 192.0.2.18 100");
    // Nobody loses time by renewing.
    assertThat(brief(crowded.ask(request(ALICE).having("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
    crowded.now += 3950;
    assertThat(brief(crowded.ask(request(ALICE).having("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 100");
  }
}
