// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Query.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Captured;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.TestPlans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told about answers of DHCPv4 to whoever wants to know why. */
class Explained4Test {
  private final Captured told = new Captured();

  private void ask(TestServer server, Query query) {
    server.ask(query, TestServer.ON_ETH1.explainedTo(told.listener(false)));
  }

  private static PlanOption option(int code, Bytes value) {
    return new PlanOption(OptionSpace.DHCP4, code, value, true, false);
  }

  @Test
  void anOfferHasItsReasons() {
    TestServer server =
        new TestServer(TestServer.lab().option(option(15, Bytes.ofUtf8("example.org"))).link());

    ask(server, Query.discover(ALICE));

    assertThat(told.last().message()).isEqualTo("discover");
    assertThat(told.about(Topic.CLIENT)).containsExactly("hardware address 02:00:00:00:00:0a");
    assertThat(told.about(Topic.SUBNET))
        .containsExactly("1 192.0.2.0/24: the plan has it for the interface eth1");
    assertThat(told.about(Topic.LEASE))
        .singleElement()
        .asString()
        .contains("pool 192.0.2.16 - 192.0.2.31");
    assertThat(told.about(Topic.ANSWER))
        .singleElement()
        .asString()
        .startsWith("offer to 192.0.2.16");
    assertThat(told.fates()).containsExactly("15 subnet sent");
  }

  @Test
  void aClassOfAReservationIsNotThatOfItsTest() {
    ServerPlan plan =
        TestPlans.of(
            """
            { "Dhcp4": {
              "client-classes": [ { "name": "phone", "test": "option[60].exists" },
                                  { "name": "all", "test": "not option[60].exists" } ],
              "reservations-global": true,
              "reservations": [ { "hw-address": "02:00:00:00:00:0a", "hostname": "a",
                                  "client-classes": [ "phone", "desk" ] } ],
              "option-data": [ { "name": "vivso-suboptions", "data": "9", "always-send": true } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth1",
                             "pools": [ { "pool": "192.0.2.16/28" } ] } ] } }
            """);

    ask(new TestServer(plan.v4(), List.of()), Query.discover(ALICE));

    assertThat(told.about(Topic.CLASS))
        .containsExactly(
            "all: its test holds: not option[60].exists",
            "phone: its reservation says so",
            "desk: its reservation says so",
            "all: its test holds: not option[60].exists");
    assertThat(told.about(Topic.RESERVATION))
        .containsExactly("hostname a: global, in subnet 1 by hw-address 02:00:00:00:00:0a");
    assertThat(told.fates()).containsExactly("125 global sent");
  }

  @Test
  void aRefusalHasItsReason() {
    TestServer server = new TestServer(TestServer.lab().link());

    ask(server, Query.request(ALICE).to(TestServer.ADDRESS).wanting("203.0.113.9"));

    assertThat(told.about(Topic.LEASE)).containsExactly("refused: wrong network");
    assertThat(told.about(Topic.ANSWER)).singleElement().asString().startsWith("nak ");
  }

  @Test
  void whatHasNoRoomIsToldSo() {
    TestServer server =
        new TestServer(
            TestServer.lab()
                .option(option(15, Bytes.wrap(new byte[200])))
                .option(option(128, Bytes.wrap(new byte[250])))
                .option(option(129, Bytes.wrap(new byte[250])))
                .link());

    ask(server, Query.discover(ALICE));

    assertThat(told.fates()).contains("15 subnet sent").anyMatch(fate -> fate.endsWith("too-big"));
  }

  @Test
  void aReleaseIsHeededAndAnotherOnesIsDropped() {
    TestServer server = new TestServer(TestServer.lab().link());
    var address = server.serve(ALICE);

    ask(server, Query.release(Query.BOB).having(address.toString()));
    assertThat(told.about(Topic.DROP))
        .singleElement()
        .asString()
        .startsWith("pkt4-drop-unknown-binding");

    ask(server, Query.release(ALICE).having(address.toString()));
    assertThat(told.about(Topic.ANSWER))
        .containsExactly("none is due: the lease is over, or out of use");
  }

  @Test
  void aTrialKeepsTheLease() {
    TestServer server = new TestServer(TestServer.lab().link());
    var address = server.serve(ALICE);

    server.ask(
        Query.release(ALICE).having(address.toString()),
        TestServer.ON_ETH1.explainedTo(told.listener(true)));

    assertThat(server.lease(address.toString()).state().word()).isEqualTo("active");
  }
}
