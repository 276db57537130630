// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.release;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

/** What relay agents say about a line (RFC 4649, RFC 5460 section 5.4.1). */
class LeaseFactsTest {
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:1::1");
  private static final Bytes REMOTE_ID = Bytes.ofHex("0000118b" + "6c696e65");
  private static final Bytes RELAY_ID = Bytes.ofHex("000300010200000000ee");

  private static final Bytes PLACE = Bytes.ofUtf8("cell-4711");

  private TestServer server;

  private Lease leased(SubnetBuilder subnet) {
    server = new TestServer(subnet.link());
    Options.Builder all = Options.builder().add(37, REMOTE_ID);
    for (int code = 105; code <= 110; code++) {
      all.add(code, PLACE);
    }
    Options inner = all.build();
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
  void nothingButWhoHadItOutlivesALease() {
    Lease kept = leased(SubnetBuilder.lab().storeRelayIds());
    assertThat(kept.details()).isNotEqualTo(LeaseDetails.NONE);

    server.ask(release(ALICE).na(1, "2001:db8:1::10"));

    Lease ended = server.address("2001:db8:1::10");
    assertThat(ended.state()).isEqualTo(LeaseState.RELEASED);
    assertThat(ended.client()).isEqualTo(kept.client());
    assertThat(ended.details()).isEqualTo(LeaseDetails.NONE);
  }

  /** RFC 7839 section 7: also where they may come in, access-network identifiers are not kept. */
  @Test
  void accessNetworkIdentifiersAreNeverKept() {
    Lease kept = leased(SubnetBuilder.lab().storeRelayIds());

    assertThat(kept.details().items())
        .isNotEmpty()
        .noneMatch(item -> item.value().toHex().contains(PLACE.toHex()));
    assertThat(server.last.changes().toString()).doesNotContain(PLACE.toHex());
  }

  @Test
  void otherwiseTheyAreNot() {
    Lease lease = leased(SubnetBuilder.lab());

    assertThat(lease.details().get(LeaseDetails.REMOTE_ID)).isEmpty();
    assertThat(lease.details().get(LeaseDetails.RELAY_ID)).isEmpty();
  }
}
