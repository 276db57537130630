// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import org.junit.jupiter.api.Test;

/** RFC 4704. */
class ClientNameTest {
  /** S set; name host.example. */
  private static final String FQDN = "01" + "04686f7374" + "076578616d706c65" + "00";

  private final TestServer server = new TestServer(SubnetBuilder.lab().link());

  @Test
  void nameIsKeptWithTheLease() {
    server.ask(request(ALICE).na(1).option(39, FQDN));

    assertThat(server.address("2001:db8:1::10").details().get(LeaseDetails.HOSTNAME))
        .contains(Bytes.ofUtf8("host.example"));
  }

  @Test
  void whoAsksIsToldThatNoUpdateIsMade() {
    var asked = server.ask(request(ALICE).na(1).option(39, FQDN).oro(39));
    var silent = server.ask(request(ALICE).na(1).option(39, FQDN));

    // N and O set, S clear; the name as it came.
    assertThat(asked.options().raw(39)).contains(Bytes.ofHex("06" + FQDN.substring(2)));
    assertThat(silent.options().has(39)).isFalse();
  }

  @Test
  void badNameCostsNothing() {
    var reply = server.ask(request(ALICE).na(1).option(39, "01ff").oro(39));

    assertThat(Answers.addresses(reply, 1)).hasSize(1);
    assertThat(reply.options().has(39)).isFalse();
    assertThat(server.address("2001:db8:1::10").details().get(LeaseDetails.HOSTNAME)).isEmpty();
  }
}
