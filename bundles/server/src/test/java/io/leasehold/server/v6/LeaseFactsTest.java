// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

/** What relay agents say about a line (RFC 4649, RFC 5460 section 5.4.1). */
class LeaseFactsTest {
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:1::1");
  private static final Bytes REMOTE_ID = Bytes.ofHex("0000118b" + "6c696e65");
  private static final Bytes RELAY_ID = Bytes.ofHex("000300010200000000ee");

  private static Lease leased(SubnetBuilder subnet) {
    TestServer server = new TestServer(subnet.link());
    Options inner = Options.builder().add(37, REMOTE_ID).build();
    Options outer = Options.builder().add(37, Bytes.ofHex("0000000100")).add(53, RELAY_ID).build();
    server.ask(
        TestServer.relayed(
            request(ALICE).na(1).build(),
            RelayMessage.forward(1, Ipv6.UNSPECIFIED, LINK, outer),
            RelayMessage.forward(0, LINK, TestServer.CLIENT, inner)),
        TestServer.ON_ETH1);
    return server.address("2001:db8:1::10");
  }

  @Test
  void relayIdentifiersAreKeptWhereThePlanSaysSo() {
    Lease kept = leased(SubnetBuilder.lab().storeRelayIds());

    assertThat(kept.details().get(LeaseDetails.REMOTE_ID))
        .as("of the relay nearest to the client that has one")
        .contains(REMOTE_ID);
    assertThat(kept.details().get(LeaseDetails.RELAY_ID)).contains(RELAY_ID);
  }

  @Test
  void otherwiseTheyAreNot() {
    Lease lease = leased(SubnetBuilder.lab());

    assertThat(lease.details().get(LeaseDetails.REMOTE_ID)).isEmpty();
    assertThat(lease.details().get(LeaseDetails.RELAY_ID)).isEmpty();
  }
}
