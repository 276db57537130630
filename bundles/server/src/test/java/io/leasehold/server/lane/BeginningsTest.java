// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.CAROL;
import static io.leasehold.server.v4.Query.discover;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Request;
import io.leasehold.server.v4.Query;
import io.leasehold.server.v4.TestServer;
import io.leasehold.server.v6.ClientMessage;
import io.leasehold.server.v6.SubnetBuilder;
import org.junit.jupiter.api.Test;

class BeginningsTest {
  private final TestServer server =
      new TestServer(
          TestServer.lab().link(),
          new SubnetBuilder(2, "10.0.0.0/24").pool("10.0.0.2", "10.0.0.9").link());

  private Request of(Query query) {
    return server.accept(query, TestServer.ON_ETH1);
  }

  private Request at(int client, String port) {
    return of(discover(client).through("192.0.2.254").relayed(1, port));
  }

  @Test
  void oneClientBeginsOnlySoOftenInASecond() {
    Beginnings beginnings = new Beginnings(new Limits(2, 0, 0), 1);

    assertThat(beginnings.allows(of(discover(ALICE)), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(ALICE)), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(ALICE)), 5)).isFalse();
    assertThat(beginnings.allows(of(discover(BOB)), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(ALICE)), 6)).isTrue();
  }

  @Test
  void clientsAtOnePortOfARelayShareALimit() {
    Beginnings beginnings = new Beginnings(new Limits(0, 2, 0), 1);

    assertThat(beginnings.allows(at(ALICE, "01"), 5)).isTrue();
    assertThat(beginnings.allows(at(BOB, "01"), 5)).isTrue();
    assertThat(beginnings.allows(at(CAROL, "01"), 5)).isFalse();
    assertThat(beginnings.allows(at(CAROL, "02"), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(CAROL)), 5)).isTrue();
  }

  @Test
  void clientsOfOneLinkShareALimit() {
    Beginnings beginnings = new Beginnings(new Limits(0, 0, 2), 1);

    assertThat(beginnings.allows(of(discover(ALICE)), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(BOB)), 5)).isTrue();
    assertThat(beginnings.allows(of(discover(CAROL)), 5)).isFalse();
    assertThat(beginnings.allows(of(discover(CAROL).through("10.0.0.1")), 5)).isTrue();
  }

  @Test
  void whoeverHasALeaseIsNeverLimited() {
    Beginnings beginnings = new Beginnings(new Limits(1, 1, 1), 1);

    for (int i = 0; i < 10; i++) {
      assertThat(beginnings.allows(of(Query.request(ALICE).having("192.0.2.16")), 5)).isTrue();
    }
  }

  @Test
  void portsOfBothProtocolsAreTold() {
    assertThat(of(discover(ALICE)).relayPortKey()).isEqualTo(Bytes.EMPTY);
    assertThat(at(ALICE, "01").relayPortKey()).isEqualTo(Bytes.ofHex("c00002fe01"));

    var six = new io.leasehold.server.v6.TestServer(SubnetBuilder.lab().link());
    RelayMessage relay =
        RelayMessage.forward(
            0,
            Ipv6.ofText("2001:db8:1::1"),
            Ipv6.ofText("fe80::1"),
            Options.builder().add(18, Bytes.ofHex("01")).build());
    Request relayed =
        six.accept(
            io.leasehold.server.v6.TestServer.relayed(
                ClientMessage.solicit(ClientMessage.ALICE).na(1).build(), relay),
            io.leasehold.server.v6.TestServer.ON_ETH1);
    assertThat(relayed.relayPortKey())
        .isEqualTo(Bytes.ofHex("20010db8000100000000000000000001" + "01"));
    assertThat(relayed.clientKey()).isEqualTo(ClientMessage.ALICE.value());
  }
}
