// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.decline;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseState;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.8. */
class DeclineTest {
  private final TestServer server =
      new TestServer(SubnetBuilder.lab().prefixPool("2001:db8:100::/40", 56).link());

  @Test
  void declinedAddressBelongsToNobodyUntilItsProbationEnds() {
    server.ask(request(ALICE).na(1));

    ClientServerMessage reply = server.ask(decline(ALICE).na(1, "2001:db8:1::10"));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(reply.options().has(Dhcp6OptionCode.IA_NA)).isFalse();
    var lease = server.address("2001:db8:1::10");
    assertThat(lease.state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(lease.client()).isEqualTo(ClientIdentity.NONE);
    assertThat(lease.times().expires()).isEqualTo(server.now + TestServer.PROBATION);
    assertThat(lease.details().items()).isEmpty();
    assertThat(addresses(server.ask(request(ALICE).na(1, "2001:db8:1::10")), 1))
        .containsExactly("2001:db8:1::11 3000/4000");
  }

  @Test
  void onlyWhoHoldsAnAddressMayDeclineIt() {
    server.ask(request(ALICE).na(1));
    server.ask(request(BOB).na(1));

    ClientServerMessage unknown = server.ask(decline(BOB).na(2, "2001:db8:1::10"));
    server.ask(decline(BOB).na(1, "2001:db8:1::10"));

    assertThat(status(na(unknown, 2).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(server.address("2001:db8:1::11").state()).isEqualTo(LeaseState.ACTIVE);
  }

  @Test
  void prefixesCannotBeDeclined() {
    server.ask(request(ALICE).pd(1));

    ClientServerMessage reply = server.ask(decline(ALICE).pd(1, "2001:db8:100::/56"));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(server.prefix("2001:db8:100::/56").state()).isEqualTo(LeaseState.ACTIVE);
  }
}
