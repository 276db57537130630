// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Samples.always;
import static io.leasehold.server.v4.Samples.onRequest;
import static io.leasehold.server.v4.Samples.vendor;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.VendorIdentifyingOptions;
import io.leasehold.net.Ipv4;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.TestPlans;
import io.leasehold.server.v6.SubnetBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class Dhcp4ReplyOptionsTest {
  private static Dhcp4Message offer(SubnetBuilder subnet, Query query) {
    return new TestServer(subnet.link()).ask(query);
  }

  @Test
  void optionsComeInTheOrderOfTheRequestThenWhatIsSentAnyway() {
    SubnetBuilder subnet =
        lab()
            .option(onRequest(3, "c0000201"))
            .option(onRequest(15, "6c6162"))
            .option(onRequest(6, "c0000235"))
            .option(onRequest(42, "c000027b"))
            .option(onRequest(44, "c000022c"))
            .option(always(252, "6162"));

    // RFC 2132 section 9.8; routers, servers of names and the domain go to everybody, as in Kea.
    assertThat(codes(offer(subnet, discover(ALICE).asking(42, 6, 99, 42, 12))))
        .containsExactly(53, 54, 51, 58, 59, 1, 42, 6, 3, 15, 252);
  }

  @Test
  void valueOfTheReservationBeforeThePoolBeforeTheSubnet() {
    SubnetBuilder subnet =
        new SubnetBuilder(1, "192.0.2.0/24")
            .pool("192.0.2.16", "192.0.2.31", onRequest(42, "00000002"), onRequest(44, "00000002"))
            .option(onRequest(42, "00000001"))
            .option(onRequest(44, "00000001"))
            .option(onRequest(45, "00000001"))
            .reserve(Samples.named("alice", BootFields.NONE, onRequest(42, "00000003")));
    TestServer server = new TestServer(subnet.link());

    Dhcp4Message bob = server.ask(discover(BOB).asking(42, 44, 45));
    assertThat(hex(bob, 42) + hex(bob, 44) + hex(bob, 45))
        .isEqualTo("00000002" + "00000002" + "00000001");
    Dhcp4Message alice = server.ask(discover(ALICE).asking(42, 44, 45));
    assertThat(hex(alice, 42) + hex(alice, 44)).isEqualTo("00000003" + "00000001");
  }

  @Test
  void maskOfThePlanGoesBeforeTheSubnetsOwn() {
    assertThat(hex(offer(lab(), discover(ALICE)), 1)).isEqualTo("ffffff00");
    assertThat(hex(offer(lab().option(onRequest(1, "ffff0000")), discover(ALICE)), 1))
        .isEqualTo("ffff0000");
  }

  @Test
  void optionsOfTheProtocolAreNotTakenFromThePlan() {
    SubnetBuilder subnet =
        lab()
            .option(always(51, "00000001"))
            .option(always(53, "06"))
            .option(always(61, "0001"))
            .option(always(82, "0100"));

    Dhcp4Message offer = offer(subnet, discover(ALICE).asking(51, 53, 61, 82));

    assertThat(codes(offer)).containsExactly(53, 54, 51, 58, 59, 1);
    assertThat(hex(offer, 51)).isEqualTo("00000fa0");
  }

  @Test
  void planMayDictateTheServerIdentifier() {
    TestServer server = new TestServer(lab().option(onRequest(54, "0a0a0a0a")).link());

    assertThat(hex(server.ask(discover(ALICE)), 54)).isEqualTo("0a0a0a0a");
    assertThat(server.ask(Query.request(ALICE).to("10.10.10.10").wanting("192.0.2.16")))
        .isNotNull();
  }

  @Test
  void bootFieldsOfTheReservationGoFirstOneByOne() {
    BootFields outer =
        new BootFields(
            Optional.of(Ipv4.ofText("192.0.2.5")), Optional.of("outer"), Optional.of("outer.0"));
    BootFields own = new BootFields(Optional.empty(), Optional.empty(), Optional.of("alice.0"));
    SubnetBuilder subnet =
        lab()
            .dhcp4(new Dhcp4Terms(false, true, outer, OptionalDouble.empty(), 60, false, false))
            .reserve(Samples.named("alice", own));

    Dhcp4Message offer = offer(subnet, discover(ALICE));

    assertThat(offer.nextServer()).isEqualTo(Ipv4.ofText("192.0.2.5"));
    assertThat(offer.serverName().toUtf8()).isEqualTo("outer");
    assertThat(offer.bootFile().toUtf8()).isEqualTo("alice.0");
  }

  @Test
  void answerFitsWhatTheClientTakes() {
    SubnetBuilder subnet = lab();
    for (int code = 224; code < 234; code++) {
      subnet.option(always(code, "ab".repeat(100)));
    }
    TestServer server = new TestServer(subnet.link());

    server.ask(discover(ALICE));
    assertThat(server.last.replyOrNull().length()).isLessThanOrEqualTo(548);
    assertThat(server.count("pkt4-options-left-out")).isPositive();

    long before = server.count("pkt4-options-left-out");
    server.ask(discover(BOB).option(57, "05dc"));
    assertThat(server.last.replyOrNull().length()).isBetween(1200, 1472);
    assertThat(server.count("pkt4-options-left-out")).isEqualTo(before);
  }

  @Test
  void vendorsOptionsGoToWhoNamesTheVendor() {
    SubnetBuilder subnet = lab().option(vendor(9, 1, "aa")).option(vendor(4491, 2, "bb"));

    Dhcp4Message all = offer(subnet, discover(ALICE).asking(125));
    assertThat(all.options().first(Dhcp4Options.VIVSO).orElseThrow())
        .extracting(VendorIdentifyingOptions::enterpriseNumber)
        .containsExactly(9L, 4491L);
    // RFC 3925 section 3: enterprise 9, no data.
    Dhcp4Message one = offer(subnet, discover(ALICE).asking(125).option(124, "0000000900"));
    assertThat(hex(one, 125)).isEqualTo("00000009" + "03" + "0101aa");
    assertThat(codes(offer(subnet, discover(ALICE)))).doesNotContain(125);
  }

  /** As Kea: {@code vivso-suboptions} has the number of the vendor only, its options a space. */
  @Test
  void vendorsOptionsGoToEverybodyWhereTheirOptionIsAlwaysSent() {
    SubnetBuilder subnet = lab().option(always(125, "00000009")).option(vendor(9, 1, "aa"));

    assertThat(hex(offer(subnet, discover(ALICE)), 125)).isEqualTo("00000009" + "03" + "0101aa");
    assertThat(hex(offer(lab().option(always(125, "00000009")), discover(ALICE)), 125))
        .isEqualTo("00000009" + "00");
  }

  @Test
  void aPlanMaySaySeveralVendors() {
    ServerPlan plan =
        TestPlans.of(
            """
            { "Dhcp4": {
              "option-data": [ { "name": "vivso-suboptions", "data": "9", "always-send": true },
                               { "name": "vivso-suboptions", "data": "10", "always-send": true },
                               { "space": "vendor-10", "code": 1, "data": "bb", "csv-format": false } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth1",
                             "pools": [ { "pool": "192.0.2.16/28" } ] } ] } }
            """);

    Dhcp4Message offer = new TestServer(plan.v4(), List.of()).ask(discover(ALICE));

    assertThat(hex(offer, 125)).isEqualTo("00000009" + "00" + "0000000a" + "03" + "0101bb");
  }

  @Test
  void cableDeviceGetsTheSubOptionsItLists() {
    SubnetBuilder subnet = lab().option(vendor(4491, 2, "bb")).option(vendor(4491, 3, "cc"));

    // Enterprise 4491, five octets: sub-option 1 lists 3, and 4 which is not there.
    Dhcp4Message offer =
        offer(subnet, discover(ALICE).option(125, "0000118b" + "04" + "0102" + "0304"));

    assertThat(hex(offer, 125)).isEqualTo("0000118b" + "03" + "0301cc");
  }

  @Test
  void manyOptionsOfOneVendorStandInSeveralBlocks() {
    SubnetBuilder subnet = lab();
    for (int code = 1; code <= 4; code++) {
      subnet.option(vendor(9, code, "ab".repeat(100)));
    }

    Dhcp4Message offer = offer(subnet, discover(ALICE).asking(125).option(57, "05dc"));

    assertThat(offer.options().first(Dhcp4Options.VIVSO).orElseThrow()).hasSize(2);
  }
}
