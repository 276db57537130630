// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.intake.AssociationReader;
import org.junit.jupiter.api.Test;

/** RFC 8415 sections 18.3.1 and 18.3.9. */
class SolicitTest {
  @Test
  void advertiseIsByteForByteAsTheRfcDrawsIt() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    Bytes solicit =
        Bytes.ofHex(
            "01 123456" // SOLICIT, transaction id
                .concat("0001 000a 00030001 02000000000a") // Client Identifier, DUID-LL
                .concat("0003 000c 00000001 00000000 00000000") // IA_NA, IAID 1, T1, T2
                .replace(" ", ""));

    Bytes advertise = server.ask(solicit, TestServer.ON_ETH1);

    assertThat(advertise.toHex())
        .isEqualTo(
            "02 123456" // ADVERTISE, the same transaction id
                .concat("0001 000a 00030001 02000000000a") // Client Identifier
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0003 0028 00000001 000005dc 00000960") // IA_NA, T1 1500, T2 2400
                .concat("0005 0018 20010db8000100000000000000000010") // IA Address
                .concat("00000bb8 00000fa0") // preferred 3000, valid 4000
                .replace(" ", ""));
    assertThat(server.last.destinationOrNull().port()).isEqualTo(546);
    assertThat(server.last.replyCounter()).isEqualTo("pkt6-advertise-sent");
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void nothingIsBoundAndTheSameIsAdvertisedAgain() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage first = server.ask(solicit(ALICE).na(1));
    ClientServerMessage second = server.ask(solicit(ALICE).na(1));
    ClientServerMessage other = server.ask(solicit(BOB).na(1));

    assertThat(addresses(second, 1)).isEqualTo(addresses(first, 1));
    assertThat(addresses(other, 1)).doesNotContainAnyElementsOf(addresses(first, 1));
    assertThat(server.table.size()).isZero();
  }

  @Test
  void addressesAndPrefixesOfSeveralAssociationsComeTogether() {
    TestServer server =
        new TestServer(SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56).link());

    ClientServerMessage reply = server.ask(solicit(ALICE).na(1).na(2).pd(1).pd(2));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(addresses(reply, 2)).containsExactly("2001:db8:1::11 3000/4000");
    assertThat(prefixes(reply, 1)).containsExactly("2001:db8:100::/56 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100:100::/56 3000/4000");
    // RFC 8415 section 18.3.2: the same T1 and T2 for all.
    assertThat(pd(reply, 2).t1Seconds()).isEqualTo(na(reply, 1).t1Seconds()).isEqualTo(1500);
    assertThat(pd(reply, 2).t2Seconds()).isEqualTo(na(reply, 1).t2Seconds()).isEqualTo(2400);
  }

  @Test
  void hintIsHonouredIfItIsFreeAndLeftOutIfNot() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    assertThat(addresses(server.ask(solicit(ALICE).na(1, "2001:db8:1::1a")), 1))
        .containsExactly("2001:db8:1::1a 3000/4000");
    assertThat(addresses(server.ask(solicit(BOB).na(1, "2001:db8:1::1a")), 1))
        .containsExactly("2001:db8:1::10 3000/4000");
    assertThat(addresses(server.ask(solicit(BOB).na(7, "2001:db8:99::1")), 7))
        .hasSize(1)
        .noneMatch(address -> address.startsWith("2001:db8:99:"));
  }

  @Test
  void severalAddressesInOneAssociationAreForWhoAsksForThem() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage reply =
        server.ask(solicit(ALICE).na(1, "2001:db8:1::11", "2001:db8:1::12", "2001:db8:1::13"));

    assertThat(addresses(reply, 1))
        .containsExactly(
            "2001:db8:1::11 3000/4000", "2001:db8:1::12 3000/4000", "2001:db8:1::13 3000/4000");
  }

  @Test
  void askingForManyIsBounded() {
    TestServer server =
        new TestServer(SubnetBuilder.lab().pool("2001:db8:1::100", "2001:db8:1::ffff").link());
    String[] hints = new String[16];
    java.util.Arrays.fill(hints, "::");
    ClientMessage greedy = solicit(ALICE);
    for (int iaid = 0; iaid < 100; iaid++) {
      greedy.na(iaid, hints);
    }

    ClientServerMessage reply = server.ask(greedy);

    int given = 0;
    for (int iaid = 0; iaid < AssociationReader.MAX_ASSOCIATIONS; iaid++) {
      given += addresses(reply, iaid).size();
    }
    assertThat(addresses(reply, 0)).hasSize(Assignment.MAX_IN_ASSOCIATION);
    assertThat(given).isEqualTo(Assignment.MAX_IN_MESSAGE);
    assertThat(reply.options().count(Dhcp6OptionCode.IA_NA))
        .isEqualTo(AssociationReader.MAX_ASSOCIATIONS);
    assertThat(status(na(reply, 63).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
  }

  @Test
  void emptyPoolsAreSaidInsideTheAssociation() {
    TestServer server =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .link());
    server.ask(ClientMessage.request(BOB).na(1));

    ClientServerMessage reply = server.ask(solicit(ALICE).na(1).pd(2));

    assertThat(reply.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    assertThat(addresses(reply, 1)).isEmpty();
    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
    assertThat(status(pd(reply, 2).options())).isEqualTo(Dhcp6StatusCode.NO_PREFIX_AVAIL);
    assertThat(na(reply, 1).t1Seconds()).isZero();
    assertThat(status(reply.options())).isEqualTo(-1);
  }

  @Test
  void withoutAssociationTheAdvertiseCarriesConfiguration() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage reply = server.ask(solicit(ALICE));

    assertThat(reply.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    assertThat(reply.options().size()).isEqualTo(2);
  }

  @Test
  void unknownLinkHasNothingToGive() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    Arrival elsewhere = new Arrival("eth9", TestServer.MULTICAST, TestServer.CLIENT, 546);

    ClientServerMessage reply =
        (ClientServerMessage) server.ask(solicit(ALICE).na(1).build(), elsewhere);

    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
  }

  @Test
  void rapidCommitBindsAtOnce() {
    TestServer server = new TestServer(SubnetBuilder.lab().rapidCommit().link());

    ClientServerMessage reply = server.ask(solicit(ALICE).na(1).rapidCommit());
    ClientServerMessage again = server.ask(solicit(ALICE).na(1).rapidCommit());

    assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
    assertThat(reply.options().has(Dhcp6OptionCode.RAPID_COMMIT)).isTrue();
    assertThat(addresses(again, 1)).isEqualTo(addresses(reply, 1));
    assertThat(server.table.size()).isEqualTo(1);
    assertThat(server.address("2001:db8:1::10").isActive(server.now)).isTrue();
  }

  @Test
  void rapidCommitNeedsTheClientAndThePlan() {
    TestServer forbidding = new TestServer(SubnetBuilder.lab().link());
    TestServer allowing = new TestServer(SubnetBuilder.lab().rapidCommit().link());

    ClientServerMessage forbidden = forbidding.ask(solicit(ALICE).na(1).rapidCommit());
    ClientServerMessage unasked = allowing.ask(solicit(ALICE).na(1));

    assertThat(forbidden.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    assertThat(forbidden.options().has(Dhcp6OptionCode.RAPID_COMMIT)).isFalse();
    assertThat(unasked.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
  }

  @Test
  void temporaryAssociationsAreObsoleteAndIgnored() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ClientServerMessage reply =
        server.ask(solicit(ALICE).na(1).option(Dhcp6OptionCode.IA_TA, "00000001"));

    assertThat(reply.options().has(Dhcp6OptionCode.IA_TA)).isFalse();
    assertThat(addresses(reply, 1)).hasSize(1);
  }
}
