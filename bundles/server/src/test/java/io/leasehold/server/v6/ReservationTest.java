// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reservations, and what happens to leases when they come and go. */
class ReservationTest {
  private static final HostIdentifier ALICES_CARD =
      new HostIdentifier(HostIdentifier.Type.HW_ADDRESS, Bytes.ofHex("02000000000a"));

  private static SubnetBuilder subnet() {
    return SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56);
  }

  private static Reservation reservation(String address) {
    return new Reservation(
        ALICES_CARD,
        List.of(Ipv6.ofText(address)),
        List.of(Prefix.ofText("2001:db8:900::/56")),
        Optional.of("alice"),
        BootFields.NONE,
        OptionSet.NONE);
  }

  /** A server that reserves an address for Alice since the holder got the pool's first one. */
  private static TestServer reservedSince(Duid holder, String address) {
    TestServer before = new TestServer(subnet().link());
    before.ask(request(holder).na(1));
    TestServer after = new TestServer(subnet().reserve(reservation(address)).link());
    after.table.put(before.address("2001:db8:1::10"));
    return after;
  }

  @Test
  void reservedAddressAndPrefixAreGivenFromWithinOrOutsideThePools() {
    TestServer server = new TestServer(subnet().reserve(reservation("2001:db8:1::aaaa")).link());

    var advertise = server.ask(solicit(ALICE).na(1).pd(1));
    var reply = server.ask(request(ALICE).na(1).pd(1));

    assertThat(addresses(advertise, 1)).containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(prefixes(reply, 1)).containsExactly("2001:db8:900::/56 3000/4000");
    assertThat(server.address("2001:db8:1::aaaa").details().get(LeaseDetails.HOSTNAME))
        .contains(Bytes.ofUtf8("alice"));
  }

  @Test
  void nobodyElseGetsAReservedAddress() {
    TestServer server = new TestServer(subnet().reserve(reservation("2001:db8:1::10")).link());

    assertThat(addresses(server.ask(request(BOB).na(1, "2001:db8:1::10")), 1))
        .containsExactly("2001:db8:1::11 3000/4000");
  }

  @Test
  void whatIsOfferedToTheSameCardUnderAnotherDuidIsStillReservedForIt() {
    Duid firmware = Duid.ofText("00:01:00:01:12:34:56:78:02:00:00:00:00:0a");
    TestServer server =
        new TestServer(
            subnet()
                .reserve(
                    new Reservation(
                        new HostIdentifier(
                            HostIdentifier.Type.HW_ADDRESS, Bytes.ofHex("02000000000a")),
                        List.of(Ipv6.ofText("2001:db8:1::aaaa")),
                        List.of(),
                        Optional.empty(),
                        BootFields.NONE,
                        OptionSet.NONE))
                .link());
    server.ask(solicit(firmware).na(1));

    assertThat(addresses(server.ask(solicit(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(addresses(server.ask(request(ALICE).na(1, "2001:db8:1::aaaa")), 1))
        .containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(addresses(server.ask(request(firmware).na(1, "2001:db8:1::aaaa")), 1))
        .containsExactly("2001:db8:1::10 3000/4000");
  }

  @Test
  void secondAssociationGetsAnAddressOfThePool() {
    TestServer server = new TestServer(subnet().reserve(reservation("2001:db8:1::aaaa")).link());

    var reply = server.ask(request(ALICE).na(1).na(2));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(addresses(reply, 2)).containsExactly("2001:db8:1::10 3000/4000");
  }

  @Test
  void newReservationReplacesTheAddressAtTheNextRenew() {
    TestServer server = reservedSince(ALICE, "2001:db8:1::aaaa");

    var reply = server.ask(renew(ALICE).na(1, "2001:db8:1::10"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::aaaa 3000/4000", "2001:db8:1::10 0/0");
    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.RESET);
    assertThat(addresses(server.ask(renew(ALICE).na(1, "2001:db8:1::aaaa")), 1))
        .containsExactly("2001:db8:1::aaaa 3000/4000");
    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.EXPIRED);
  }

  @Test
  void replacedAddressIsTakenBackEvenIfTheClientDoesNotNameIt() {
    TestServer server = reservedSince(ALICE, "2001:db8:1::aaaa");

    assertThat(addresses(server.ask(renew(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::aaaa 3000/4000", "2001:db8:1::10 0/0");
  }

  @Test
  void addressReservedForSomebodyElseIsTakenBackAtTheNextRenew() {
    TestServer server = reservedSince(BOB, "2001:db8:1::10");

    var reply = server.ask(renew(BOB).na(1, "2001:db8:1::10"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::11 3000/4000", "2001:db8:1::10 0/0");
    assertThat(addresses(server.ask(request(ALICE).na(1)), 1))
        .as("the Reply to Bob may have been lost")
        .containsExactly("2001:db8:1::12 3000/4000");
    server.ask(renew(BOB).na(1, "2001:db8:1::11"));
    assertThat(addresses(server.ask(renew(ALICE).na(1, "2001:db8:1::12")), 1))
        .containsExactly("2001:db8:1::10 3000/4000", "2001:db8:1::12 0/0");
  }

  @Test
  void addressThatIsTakenBackIsKeptFromOthersUntilItsTimeIsOver() {
    TestServer server = reservedSince(BOB, "2001:db8:1::10");
    long promised = server.address("2001:db8:1::10").times().expires();

    server.ask(renew(BOB).na(1, "2001:db8:1::10"));
    var again = server.ask(renew(BOB).na(1, "2001:db8:1::10"));

    assertThat(addresses(again, 1))
        .containsExactly("2001:db8:1::11 3000/4000", "2001:db8:1::10 0/0");
    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.RESET);
    assertThat(server.address("2001:db8:1::10").times().expires()).isEqualTo(promised);
  }
}
