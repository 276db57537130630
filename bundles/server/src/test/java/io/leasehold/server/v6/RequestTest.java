// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Lifetimes.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.2. */
class RequestTest {
  @Test
  void replyIsByteForByteAsTheRfcDrawsIt() {
    TestServer server =
        new TestServer(SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56).link());
    Bytes request =
        Bytes.ofHex(
            "03 00abcd" // REQUEST
                .concat("0001 000a 00030001 02000000000a") // Client Identifier
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0003 0028 00000001 00000000 00000000") // IA_NA, IAID 1
                .concat("0005 0018 20010db800010000000000000000001a 00000000 00000000")
                .concat("0019 000c 00000002 00000000 00000000") // IA_PD, IAID 2
                .replace(" ", ""));

    Bytes reply = server.ask(request, TestServer.ON_ETH1);

    assertThat(reply.toHex())
        .isEqualTo(
            "07 00abcd" // REPLY
                .concat("0001 000a 00030001 02000000000a") // Client Identifier
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0003 0028 00000001 000005dc 00000960") // IA_NA, T1 1500, T2 2400
                .concat("0005 0018 20010db800010000000000000000001a 00000bb8 00000fa0")
                .concat("0019 0029 00000002 000005dc 00000960") // IA_PD
                .concat("001a 0019 00000bb8 00000fa0 38 20010db8010000000000000000000000")
                .replace(" ", ""));
    assertThat(server.last.replyCounter()).isEqualTo("pkt6-reply-sent");
    assertThat(server.last.changes()).hasSize(2);
  }

  @Test
  void bindingIsRecordedWithAllThatIsKnown() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    server.ask(request(ALICE).na(7));

    Lease lease = server.address("2001:db8:1::10");
    assertThat(server.changes).containsExactly(LeaseChange.put(lease));
    assertThat(lease.client()).isEqualTo(ClientIdentity.of(ALICE));
    assertThat(lease.iaid()).isEqualTo(7);
    assertThat(lease.subnetId()).isEqualTo(1);
    assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(lease.times())
        .isEqualTo(new LeaseTimes(server.now, server.now, server.now + 3000, server.now + 4000));
    assertThat(lease.details().get(LeaseDetails.HARDWARE_ADDRESS))
        .contains(Bytes.ofHex("000102000000000a"));
  }

  @Test
  void advertisedAddressIsGiven() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    server.ask(solicit(ALICE).na(1));
    server.ask(solicit(BOB).na(1));

    ClientServerMessage bob = server.ask(request(BOB).na(1, "2001:db8:1::11"));
    ClientServerMessage alice = server.ask(request(ALICE).na(1, "2001:db8:1::10"));

    assertThat(addresses(bob, 1)).containsExactly("2001:db8:1::11 3000/4000");
    assertThat(addresses(alice, 1)).containsExactly("2001:db8:1::10 3000/4000");
  }

  @Test
  void repeatedRequestGetsTheSameLeaseWithFreshLifetimes() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    server.ask(request(ALICE).na(1));
    server.now += 100;

    ClientServerMessage again = server.ask(request(ALICE).na(1));

    assertThat(addresses(again, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(server.table.size()).isEqualTo(1);
    assertThat(server.address("2001:db8:1::10").times())
        .isEqualTo(
            new LeaseTimes(server.now - 100, server.now, server.now + 3000, server.now + 4000));
  }

  @Test
  void oneAddressOfAnotherLinkSpoilsItsAssociationOnly() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage reply =
        server.ask(request(ALICE).na(1, "2001:db8:1::10", "2001:db8:99::1").na(2));

    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NOT_ON_LINK);
    assertThat(addresses(reply, 1)).isEmpty();
    assertThat(addresses(reply, 2)).hasSize(1);
    assertThat(server.table.size()).isEqualTo(1);
  }

  @Test
  void anotherAddressIsGivenIfTheNamedOneIsTaken() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    server.ask(request(BOB).na(1, "2001:db8:1::15"));

    ClientServerMessage reply = server.ask(request(ALICE).na(1, "2001:db8:1::15"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
  }

  @Test
  void nothingLeftIsSaidInsideTheAssociation() {
    TestServer server =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .prefixPool("2001:db8:100::/56", 56)
                .link());
    server.ask(request(BOB).na(1).pd(1));

    ClientServerMessage reply = server.ask(request(ALICE).na(1).pd(2));

    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
    assertThat(status(pd(reply, 2).options())).isEqualTo(Dhcp6StatusCode.NO_PREFIX_AVAIL);
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void associationThatGetsNothingHasNothingToRenew() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage reply = server.ask(request(ALICE).na(1).pd(2));

    assertThat(na(reply, 1).t1Seconds()).isEqualTo(1500);
    assertThat(pd(reply, 2).t1Seconds()).isZero();
    assertThat(pd(reply, 2).t2Seconds()).isZero();
  }

  @Test
  void relayIdentifiersAreKeptWhereThePlanSaysSo() {
    Options options =
        Options.builder()
            .add(53, Bytes.ofHex("00030001aabbccddeeff"))
            .add(37, Bytes.ofHex("0000000901"))
            .build();
    RelayMessage relay =
        RelayMessage.forward(0, Ipv6.ofText("2001:db8:1::1"), TestServer.CLIENT, options);
    TestServer keeping = new TestServer(SubnetBuilder.lab().storeRelayIds().link());
    TestServer forgetting = new TestServer(SubnetBuilder.lab().link());
    for (TestServer server : List.of(keeping, forgetting)) {
      server.ask(TestServer.relayed(request(ALICE).na(1).build(), relay), TestServer.ON_ETH1);
    }

    LeaseDetails kept = keeping.address("2001:db8:1::10").details();
    assertThat(kept.get(LeaseDetails.RELAY_ID)).contains(Bytes.ofHex("00030001aabbccddeeff"));
    assertThat(kept.get(LeaseDetails.REMOTE_ID)).contains(Bytes.ofHex("0000000901"));
    LeaseDetails forgotten = forgetting.address("2001:db8:1::10").details();
    assertThat(forgotten.get(LeaseDetails.RELAY_ID)).isEmpty();
    assertThat(forgotten.get(LeaseDetails.REMOTE_ID)).isEmpty();
  }

  @Test
  void sameNumberOfAddressAndPrefixAssociationIsTwoAssociations() {
    TestServer server =
        new TestServer(SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56).link());

    ClientServerMessage reply = server.ask(request(ALICE).na(5).pd(5).na(5));

    assertThat(addresses(reply, 5)).hasSize(1);
    assertThat(prefixes(reply, 5)).hasSize(1);
    assertThat(server.table.size()).isEqualTo(2);
  }

  @Test
  void expiredLeaseComesBackToItsClient() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    server.ask(request(ALICE).na(1, "2001:db8:1::1c"));
    server.ask(ClientMessage.release(ALICE).na(1, "2001:db8:1::1c"));

    assertThat(addresses(server.ask(request(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::1c 3000/4000");
  }

  @Test
  void lifetimesFollowTheClientWithinTheBoundsOfThePlan() {
    Lifetimes bounds = SubnetBuilder.computed(new Range(100, 300, 500), new Range(200, 400, 600));
    TestServer server = new TestServer(SubnetBuilder.lab().lifetimes(bounds).link());
    String wish = "00000001 00000000 00000000 0005 0018 20010db8000100000000000000000010";

    assertThat(addresses(server.ask(request(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::10 300/400");
    ClientServerMessage long1 =
        server.ask(request(ALICE).option(3, (wish + "ffffffff ffffffff").replace(" ", "")));
    assertThat(addresses(long1, 1)).containsExactly("2001:db8:1::10 500/600");
    // Preferred 500 would outlive valid 200 (RFC 8415 section 21.6): 0.625 of it, as in Kea.
    ClientServerMessage odd =
        server.ask(request(ALICE).option(3, (wish + "000001f4 00000001").replace(" ", "")));
    assertThat(addresses(odd, 1)).containsExactly("2001:db8:1::10 125/200");
  }

  @Test
  void lifetimesOfAHintAreWishesToo() {
    Lifetimes bounds = SubnetBuilder.computed(new Range(100, 300, 500), new Range(200, 400, 600));
    TestServer server =
        new TestServer(
            SubnetBuilder.lab().lifetimes(bounds).prefixPool("2001:db8:100::/40", 56).link());
    String address = "00000001 00000000 00000000 0005 0018 " + "0".repeat(32);
    String prefix = "00000002 00000000 00000000 001a 0019 000001a4 000001fe 38" + "0".repeat(32);

    ClientServerMessage reply =
        server.ask(
            request(ALICE)
                .option(3, (address + "0000015e 000001c2").replace(" ", ""))
                .option(25, prefix.replace(" ", "")));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 350/450");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100::/56 420/510");
  }

  @Test
  void datagramIsNotKeptAliveByItsLease() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    byte[] packet = request(ALICE).na(1).build().encode().toArray();

    server.ask(Bytes.wrap(packet), TestServer.ON_ETH1);
    java.util.Arrays.fill(packet, (byte) 0);

    assertThat(server.address("2001:db8:1::10").client()).isEqualTo(ClientIdentity.of(ALICE));
  }
}
