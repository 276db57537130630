// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.Arrival;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.4. */
class RenewTest {
  private final TestServer server =
      new TestServer(SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56).link());

  @Test
  void lifetimesAreFreshAndWritten() {
    server.ask(request(ALICE).na(1).pd(2));
    server.now += 1500;

    ClientServerMessage reply =
        server.ask(renew(ALICE).na(1, "2001:db8:1::10").pd(2, "2001:db8:100::/56"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100::/56 3000/4000");
    assertThat(na(reply, 1).t1Seconds()).isEqualTo(1500);
    assertThat(pd(reply, 2).t2Seconds()).isEqualTo(2400);
    assertThat(server.last.changes()).hasSize(2);
    assertThat(server.address("2001:db8:1::10").times())
        .isEqualTo(
            new LeaseTimes(server.now - 1500, server.now, server.now + 3000, server.now + 4000));
  }

  @Test
  void replyIsByteForByteAsTheRfcDrawsIt() {
    server.ask(request(ALICE).na(1));

    Bytes reply =
        server.ask(
            renew(ALICE)
                .transactionId(0x010203)
                .na(1, "2001:db8:1::10", "2001:db8:9::9")
                .build()
                .encode(),
            TestServer.ON_ETH1);

    assertThat(reply.toHex())
        .isEqualTo(
            "07 010203" // REPLY
                .concat("0001 000a 00030001 02000000000a") // Client Identifier
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0003 0044 00000001 000005dc 00000960") // IA_NA
                .concat("0005 0018 20010db8000100000000000000000010 00000bb8 00000fa0")
                .concat("0005 0018 20010db8000900000000000000000009 00000000 00000000")
                .replace(" ", ""));
  }

  @Test
  void leasesTheClientDidNotNameAreExtendedToo() {
    server.ask(request(ALICE).na(1));

    assertThat(addresses(server.ask(renew(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::10 3000/4000");
  }

  @Test
  void unknownAssociationIsCreated() {
    ClientServerMessage reply =
        server.ask(renew(ALICE).na(1, "2001:db8:1::17").pd(2, "2001:db8:100:300::/56"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::17 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100:300::/56 3000/4000");
    assertThat(server.address("2001:db8:1::17").isActive(server.now)).isTrue();
  }

  @Test
  void furtherAssociationIsCreatedBesideAnExtendedOne() {
    // RFC 7550: a client adds what it did not get before.
    server.ask(request(ALICE).na(1));

    ClientServerMessage reply = server.ask(renew(ALICE).na(1, "2001:db8:1::10").pd(2));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100::/56 3000/4000");
  }

  @Test
  void whatSomebodyElseHoldsGetsLifetimesOfZero() {
    server.ask(request(BOB).na(1, "2001:db8:1::12").pd(1, "2001:db8:100:700::/56"));

    ClientServerMessage reply =
        server.ask(renew(ALICE).na(1, "2001:db8:1::12").pd(1, "2001:db8:100:700::/56"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::10 3000/4000", "2001:db8:1::12 0/0");
    assertThat(prefixes(reply, 1))
        .containsExactly("2001:db8:100::/56 3000/4000", "2001:db8:100:700::/56 0/0");
  }

  @Test
  void offLinkAddressGetsLifetimesOfZeroAndAnotherIsGiven() {
    ClientServerMessage reply = server.ask(renew(ALICE).na(1, "2001:db8:77::1"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::10 3000/4000", "2001:db8:77::1 0/0");
  }

  @Test
  void nothingLeftIsSaidBesideWhatIsTakenBack() {
    TestServer full =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .link());
    full.ask(request(BOB).na(1));

    ClientServerMessage reply = full.ask(renew(ALICE).na(1, "2001:db8:1::1").pd(2));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::1 0/0");
    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
    assertThat(na(reply, 1).t1Seconds()).isZero();
    assertThat(status(pd(reply, 2).options())).isEqualTo(Dhcp6StatusCode.NO_PREFIX_AVAIL);
  }

  @Test
  void leaseOutsideThePoolsOfAChangedPlanIsReplaced() {
    server.ask(request(ALICE).na(1, "2001:db8:1::1f"));
    TestServer changed =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::50", "2001:db8:1::5f")
                .link());
    changed.table.put(server.address("2001:db8:1::1f"));

    ClientServerMessage reply = changed.ask(renew(ALICE).na(1, "2001:db8:1::1f"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::50 3000/4000", "2001:db8:1::1f 0/0");
    assertThat(changed.address("2001:db8:1::1f").state()).isEqualTo(LeaseState.RESET);
    assertThat(changed.last.changes()).hasSize(2);
  }

  @Test
  void unknownLinkHasNoBinding() {
    Arrival elsewhere = new Arrival("eth9", TestServer.MULTICAST, TestServer.CLIENT, 546);

    ClientServerMessage reply =
        (ClientServerMessage) server.ask(renew(ALICE).na(1).pd(2).build(), elsewhere);

    assertThat(status(na(reply, 1).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
    assertThat(status(pd(reply, 2).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
  }
}
