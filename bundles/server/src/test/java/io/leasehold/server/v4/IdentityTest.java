// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Who a client is: RFC 2131 section 4.2, RFC 4361, RFC 6842. */
class IdentityTest {
  private static final String DUID = "00030001020000000001";
  private static final String DUID_BASED = "ff00000001" + DUID;

  private final TestServer server = new TestServer(lab().link());

  private static Reservation reserved(HostIdentifier.Type type, String hex, String address) {
    return new Reservation(
        new HostIdentifier(type, Bytes.ofHex(hex)),
        List.of(Ipv6.ofText(address)),
        List.of(),
        Optional.empty(),
        BootFields.NONE,
        OptionSet.NONE);
  }

  @Test
  void identifierTellsClientsOfOneHardwareAddressApart() {
    assertThat(brief(server.ask(discover(ALICE).clientId("0061"))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(brief(server.ask(discover(ALICE).clientId("0062"))))
        .isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void identifierStaysWhenTheHardwareChanges() {
    server.ask(discover(ALICE).clientId("0061"));
    server.ask(request(ALICE).clientId("0061").to(ADDRESS).wanting("192.0.2.16"));

    assertThat(brief(server.ask(discover(BOB).clientId("0061"))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(server.lease("192.0.2.16").client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.ofHex("0061")));
    assertThat(server.lease("192.0.2.16").details().get(LeaseDetails.HARDWARE_ADDRESS))
        .contains(Bytes.ofHex("000102000000000a"));
  }

  @Test
  void planMayLookAtTheHardwareOnly() {
    Dhcp4Terms terms =
        new Dhcp4Terms(false, false, BootFields.NONE, OptionalDouble.empty(), 60, false, false);
    TestServer other = new TestServer(lab().dhcp4(terms).link());

    assertThat(brief(other.ask(discover(ALICE).clientId("0061"))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(brief(other.ask(discover(ALICE).clientId("0062"))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(brief(other.ask(discover(BOB).clientId("0061")))).isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void clientThatBeginsToSendAnIdentifierKeepsItsAddress() {
    server.serve(ALICE);

    assertThat(brief(server.ask(discover(ALICE).clientId("0061"))))
        .isEqualTo("offer 192.0.2.16 4000");
    server.ask(request(ALICE).clientId("0061").to(ADDRESS).wanting("192.0.2.16"));

    assertThat(server.lease("192.0.2.16").client().value()).isEqualTo(Bytes.ofHex("0061"));
    // And one that stops to send it may renew.
    assertThat(brief(server.ask(request(ALICE).having("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void firmwareWithoutAnIdentifierGetsTheAddressOfTheSystemAndGivesItBack() {
    Query system = request(ALICE).clientId("0061").to(ADDRESS).wanting("192.0.2.16");
    server.ask(discover(ALICE).clientId("0061"));
    server.ask(system);

    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
    server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.16"));
    assertThat(brief(server.ask(discover(ALICE).clientId("0061"))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(brief(server.ask(discover(BOB)))).isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void ownLeaseGoesBeforeThatOfTheFirmware() {
    server.ask(request(ALICE).clientId("0061").to(ADDRESS).wanting("192.0.2.20"));
    server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.21"));

    assertThat(brief(server.ask(discover(ALICE).clientId("0061"))))
        .isEqualTo("offer 192.0.2.20 4000");
    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.21 4000");
  }

  @Test
  void anIdentifierOfNothingIsNone() {
    server.ask(discover(ALICE).clientId(""));
    server.ask(request(ALICE).clientId("01").to(ADDRESS).wanting("192.0.2.16"));

    assertThat(server.lease("192.0.2.16").client().type()).isEqualTo(ClientIdentity.Type.HARDWARE);
  }

  @Test
  void aClientMustBeSomebody() {
    assertThat(server.ask(discover(ALICE).hardware(32, ""))).isNull();
    assertThat(server.count("pkt4-drop-no-client-id")).isEqualTo(1);
  }

  @Test
  void anIdentifierTooLongToBeOneIsRefused() {
    assertThat(server.ask(discover(ALICE).clientId("00".repeat(256)))).isNull();
    assertThat(server.count("pkt4-drop-malformed")).isEqualTo(1);
  }

  @Test
  void reservationsKnowClientsByEveryIdentifier() {
    TestServer all =
        new TestServer(
            lab()
                .reserve(reserved(HostIdentifier.Type.HW_ADDRESS, "02000000000a", "192.0.2.50"))
                .reserve(reserved(HostIdentifier.Type.DUID, DUID, "192.0.2.51"))
                .reserve(reserved(HostIdentifier.Type.CLIENT_ID, "0063", "192.0.2.52"))
                .reserve(reserved(HostIdentifier.Type.CIRCUIT_ID, "6574", "192.0.2.53"))
                .link());

    assertThat(brief(all.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.50 4000");
    // RFC 4361 section 6.1: the DUID in a client identifier is the client's.
    assertThat(brief(all.ask(discover(BOB).clientId(DUID_BASED))))
        .isEqualTo("offer 192.0.2.51 4000");
    assertThat(brief(all.ask(discover(BOB).clientId("0063")))).isEqualTo("offer 192.0.2.52 4000");
    assertThat(brief(all.ask(discover(BOB).relayed(1, "6574")))).isEqualTo("offer 192.0.2.53 4000");
    assertThat(brief(all.ask(discover(BOB)))).isEqualTo("offer 192.0.2.16 4000");
  }

  @Test
  void reservedAddressGoesBeforeAnyOther() {
    TestServer one =
        new TestServer(
            lab()
                .reserve(reserved(HostIdentifier.Type.HW_ADDRESS, "02000000000a", "192.0.2.50"))
                .link());

    // RFC 2131 leaves it open; the client is to come round to its own address.
    assertThat(brief(one.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.20"))))
        .isEqualTo("nak 0.0.0.0");
    assertThat(brief(one.ask(request(BOB).to(ADDRESS).wanting("192.0.2.50"))))
        .isEqualTo("nak 0.0.0.0");
    assertThat(brief(one.ask(request(ALICE).wanting("192.0.2.50"))))
        .isEqualTo("ack 192.0.2.50 4000");
  }

  @Test
  void identifierComesBackUnlessThePlanForbidsIt() {
    assertThat(hex(server.ask(discover(ALICE).clientId("0061")), 61)).isEqualTo("0061");
    assertThat(hex(server.ask(discover(ALICE)), 61)).isEqualTo("-");

    TestServer quiet = new TestServer(TestServer.plan(false, List.of(), lab().link()), List.of());
    assertThat(hex(quiet.ask(discover(ALICE).clientId("0061")), 61)).isEqualTo("-");
  }
}
