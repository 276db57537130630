// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.transport.Destination;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 2131 section 4.1: where answers go. */
class ReturnPathTest {
  private static final Arrival VIA_RELAY =
      new Arrival("eth1", Ipv6.ofText(ADDRESS), Ipv6.ofText("192.0.2.254"), 4067);
  private static final Destination EVERYBODY = Destination.of(Ipv6.ofText("255.255.255.255"), 68);

  private final TestServer server = new TestServer(lab().link());

  private Destination to(Query query, Arrival arrival) {
    server.ask(query, arrival);
    return server.last.destinationOrNull();
  }

  private Destination to(Query query) {
    return to(query, TestServer.ON_ETH1);
  }

  @Test
  void clientWithoutAnAddressGetsAFrame() {
    assertThat(to(discover(ALICE)))
        .isEqualTo(
            new Destination(Ipv6.ofText("192.0.2.16"), 68, Optional.of(Query.hardware(ALICE))));
  }

  @Test
  void clientThatWantsABroadcastGetsOne() {
    assertThat(to(discover(ALICE).broadcast())).isEqualTo(EVERYBODY);
  }

  @Test
  void clientWhoseLinkHasNoAddressesThatFitGetsABroadcast() {
    // RFC 4390 section 2: IP over InfiniBand.
    assertThat(to(discover(ALICE).hardware(32, "").clientId("2001020304"))).isEqualTo(EVERYBODY);
  }

  @Test
  void clientWithAnAddressGetsItThere() {
    server.serve(ALICE);

    assertThat(to(request(ALICE).having("192.0.2.16"), unicast("192.0.2.16", ADDRESS)))
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.16"), 68));
    assertThat(to(request(ALICE).having("192.0.2.16").broadcast()))
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.16"), 68));
  }

  @Test
  void refusalIsBroadcast() {
    assertThat(to(request(ALICE).having("10.0.0.1"))).isEqualTo(EVERYBODY);
    assertThat(to(request(ALICE).wanting("10.0.0.1"))).isEqualTo(EVERYBODY);
  }

  @Test
  void relayGetsItAtTheServersPort() {
    Destination relay = Destination.of(Ipv6.ofText("192.0.2.254"), 67);

    assertThat(to(discover(ALICE).through("192.0.2.254"), VIA_RELAY)).isEqualTo(relay);
    assertThat(to(discover(ALICE).broadcast().through("192.0.2.254"), VIA_RELAY)).isEqualTo(relay);
  }

  @Test
  void relayWithAPortOfItsOwnGetsItThere() {
    assertThat(to(discover(ALICE).through("192.0.2.254").relayed(19, ""), VIA_RELAY))
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.254"), 4067));
  }

  @Test
  void refusalThroughARelayAsksForABroadcast() {
    Dhcp4Message nak =
        server.ask(request(ALICE).wanting("10.0.0.1").through("192.0.2.254"), VIA_RELAY);

    assertThat(nak.isBroadcast()).isTrue();
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.254"), 67));
  }
}
