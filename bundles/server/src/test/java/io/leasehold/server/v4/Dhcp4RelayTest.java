// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.inform;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.SubnetBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Relayed clients: RFC 3046, 3527, 3011, 5107, and where a client is. */
class Dhcp4RelayTest {
  private static final String OURS = "203.0.113.5";
  private static final Arrival ROUTED =
      new Arrival("eth0", Ipv6.ofText(OURS), Ipv6.ofText("198.18.0.1"), 67);
  private static final SubnetBuilder FAR =
      new SubnetBuilder(2, "10.1.0.0/16").pool("10.1.0.10", "10.1.0.99");

  private final TestServer server = new TestServer(lab().link(), FAR.link());

  private String far(Query query) {
    return brief(server.ask(query, ROUTED));
  }

  @Test
  void relaysAddressNamesTheSubnet() {
    assertThat(far(discover(ALICE).through("10.1.0.1"))).isEqualTo("offer 10.1.0.10 4000");
    assertThat(far(discover(ALICE).through("10.2.0.1"))).isEqualTo("silence");
  }

  @Test
  void relayOfThePlanNamesItsSubnetOrNetwork() {
    TestServer named =
        new TestServer(
            new SubnetBuilder(1, "10.1.0.0/16")
                .relay("172.16.0.1")
                .pool("10.1.0.10", "10.1.0.99")
                .link(),
            new Link(
                Family.IPV4,
                "net",
                true,
                new Selectors(
                    Optional.empty(), Optional.empty(), List.of(Ipv6.ofText("172.16.0.2"))),
                List.of(
                    new SubnetBuilder(2, "10.2.0.0/16").pool("10.2.0.10", "10.2.0.99").build())));

    assertThat(brief(named.ask(discover(ALICE).through("172.16.0.1"), ROUTED)))
        .isEqualTo("offer 10.1.0.10 4000");
    assertThat(brief(named.ask(discover(BOB).through("172.16.0.2"), ROUTED)))
        .isEqualTo("offer 10.2.0.10 4000");
  }

  @Test
  void relayMaySelectAnotherLink() {
    // RFC 3527 section 3: sub-option 5, 192.0.2.0.
    assertThat(far(discover(ALICE).through("10.1.0.1").relayed(5, "c0000200")))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(far(discover(ALICE).through("10.1.0.1").relayed(5, "c0a80000")))
        .isEqualTo("silence");
    // Without giaddr nobody relayed: what clients say about themselves does not count.
    assertThat(brief(server.ask(discover(BOB).relayed(5, "0a010000"))))
        .isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void selectionOfNothingIsNone() {
    assertThat(far(discover(ALICE).through("10.1.0.1").relayed(5, "00000000")))
        .isEqualTo("offer 10.1.0.10 4000");
  }

  @Test
  void leaseOfAnotherLinkIsNotReleasedHere() {
    server.ask(request(ALICE).to(OURS).wanting("10.1.0.10").through("10.1.0.1"), ROUTED);
    server.ask(Query.release(ALICE).to(ADDRESS).having("10.1.0.10"));

    assertThat(server.lease("10.1.0.10").state()).isEqualTo(LeaseState.ACTIVE);
  }

  @Test
  void serverIdentifierIsTheAddressAClientSpokeTo() {
    server.serve(ALICE);
    Arrival arrival = TestServer.unicast("192.0.2.16", TestServer.OTHER_ADDRESS);

    assertThat(hex(server.ask(request(ALICE).having("192.0.2.16"), arrival), 54))
        .isEqualTo("c6336401");
  }

  @Test
  void clientMaySelectAnotherSubnetAndIsToldSo() {
    // RFC 3011 section 2: option 118, 192.0.2.0.
    Dhcp4Message offer =
        server.ask(discover(ALICE).through("10.1.0.1").option(118, "c0000200"), ROUTED);

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 4000");
    assertThat(hex(offer, 118)).isEqualTo("c0000200");
    assertThat(server.last.destinationOrNull().address()).isEqualTo(Ipv6.ofText("10.1.0.1"));

    Dhcp4Message direct = server.ask(discover(BOB).option(118, "0a010000"));
    assertThat(brief(direct)).isEqualTo("offer 192.0.2.17 4000");
    assertThat(hex(direct, 118)).isEqualTo("-");
  }

  @Test
  void relaysSelectionGoesBeforeTheClients() {
    Dhcp4Message offer =
        server.ask(
            discover(ALICE).through("10.1.0.1").option(118, "0a010000").relayed(5, "c0000200"),
            ROUTED);

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 4000");
    assertThat(hex(offer, 118)).isEqualTo("-");
  }

  @Test
  void serverIdentifierIsTheAddressTheRelaySentTo() {
    assertThat(hex(server.ask(discover(ALICE).through("10.1.0.1"), ROUTED), 54))
        .isEqualTo("cb007105");
    assertThat(far(request(ALICE).to(OURS).wanting("10.1.0.10").through("10.1.0.1")))
        .isEqualTo("ack 10.1.0.10 4000");
  }

  @Test
  void serverIdentifierOnTheClientsLinkIsOneItReaches() {
    // The interface has an address of another subnet before this one.
    assertThat(hex(server.ask(discover(ALICE)), 54)).isEqualTo("c0000201");
  }

  @Test
  void relayMayPutItselfInThePlaceOfTheServer() {
    // RFC 5107 section 4: sub-option 11, 10.1.0.1.
    assertThat(
            hex(
                server.ask(discover(ALICE).through("10.1.0.1").relayed(11, "0a010001"), ROUTED),
                54))
        .isEqualTo("0a010001");
    assertThat(
            far(
                request(ALICE)
                    .to("10.1.0.1")
                    .wanting("10.1.0.10")
                    .through("10.1.0.1")
                    .relayed(11, "0a010001")))
        .isEqualTo("ack 10.1.0.10 4000");
    assertThat(far(request(ALICE).to("10.1.0.1").wanting("10.1.0.10").through("10.1.0.1")))
        .isEqualTo("silence");
  }

  @Test
  void serverWithoutAnAddressItKnowsSaysNothing() {
    Arrival blind = new Arrival("eth1", Ipv6.ofText("255.255.255.255"), Ipv6.ofText("0.0.0.0"), 68);
    TestServer onEth1 = new TestServer(lab().on("eth1").link());

    assertThat(onEth1.ask(discover(ALICE), blind)).isNull();
    assertThat(onEth1.count("pkt4-drop-no-server-address")).isEqualTo(1);
  }

  @Test
  void interfaceOfThePlanGoesBeforeItsAddresses() {
    TestServer named =
        new TestServer(
            lab().link(),
            new SubnetBuilder(3, "10.3.0.0/24").on("eth1").pool("10.3.0.10", "10.3.0.99").link());

    assertThat(brief(named.ask(discover(ALICE)))).isEqualTo("offer 10.3.0.10 4000");
  }

  @Test
  void whatTheRelaySaidComesBackAsItWasInEveryAnswer() {
    // Sub-options out of order, one unknown, one twice: nothing is to be put in order.
    String said = "0203616263" + "0102aabb" + "fe0101" + "fe0102";
    Query discover = discover(ALICE).through("10.1.0.1").option(82, said);
    Query nak = request(ALICE).to(OURS).wanting("10.9.0.1").through("10.1.0.1").option(82, said);
    Query ack = request(ALICE).to(OURS).wanting("10.1.0.10").through("10.1.0.1").option(82, said);
    Query informed = inform(ALICE).having("10.1.0.10").through("10.1.0.1").option(82, said);

    for (Query query : List.of(discover, nak, ack, informed)) {
      Dhcp4Message reply = server.ask(query, ROUTED);
      assertThat(hex(reply, 82)).isEqualTo(said);
      assertThat(codes(reply)).endsWith(82);
      assertThat(server.last.replyOrNull().toHex()).contains(said + "ff");
    }
  }

  @Test
  void whatTheRelaySaidComesBackAlsoIfItCannotBeRead() {
    assertThat(
            hex(server.ask(discover(ALICE).through("10.1.0.1").option(82, "01ffaa"), ROUTED), 82))
        .isEqualTo("01ffaa");
  }

  @Test
  void routedRenewalIsFoundByTheClientsAddress() {
    server.ask(request(ALICE).to(OURS).wanting("10.1.0.10").through("10.1.0.1"), ROUTED);

    assertThat(
            brief(
                server.ask(
                    request(ALICE).having("10.1.0.10"), TestServer.unicast("10.1.0.10", ADDRESS))))
        .isEqualTo("ack 10.1.0.10 4000");
  }

  @Test
  void relayIdentifiersAreKeptWhereThePlanSaysSo() {
    TestServer keeping = new TestServer(lab().storeRelayIds().link());

    keeping.ask(
        request(ALICE)
            .to(ADDRESS)
            .wanting("192.0.2.16")
            .through("192.0.2.254")
            .relayed(2, "6162")
            .relayed(12, "6364"));

    LeaseDetails details = keeping.lease("192.0.2.16").details();
    assertThat(details.get(LeaseDetails.REMOTE_ID)).contains(Bytes.ofHex("6162"));
    assertThat(details.get(LeaseDetails.RELAY_ID)).contains(Bytes.ofHex("6364"));
  }
}
