// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.release;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.7. */
class ReleaseTest {
  private final TestServer server =
      new TestServer(
          SubnetBuilder.lab()
              .prefixPoolExcluding("2001:db8:100::/40", 56, "2001:db8:100:f0::/64")
              .link());

  @Test
  void namedLeasesEndAndTheirClientIsRemembered() {
    server.ask(request(ALICE).na(1).pd(2));

    ClientServerMessage reply =
        server.ask(release(ALICE).na(1, "2001:db8:1::10").pd(2, "2001:db8:100::/56"));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(reply.options().has(Dhcp6OptionCode.IA_NA)).isFalse();
    assertThat(reply.options().has(Dhcp6OptionCode.IA_PD)).isFalse();
    assertThat(server.prefix("2001:db8:100::/56").state()).isEqualTo(LeaseState.RELEASED);
    var lease = server.address("2001:db8:1::10");
    assertThat(lease.state()).isEqualTo(LeaseState.RELEASED);
    assertThat(lease.client()).isEqualTo(ClientIdentity.of(ALICE));
    assertThat(lease.times())
        .isEqualTo(
            new LeaseTimes(server.now, server.now, server.now, server.now + TestServer.MEMORY));
  }

  @Test
  void associationWithoutBindingIsNamedAndHasNothingElse() {
    server.ask(request(ALICE).na(1));

    ClientServerMessage reply =
        server.ask(release(ALICE).na(1, "2001:db8:1::10").na(9, "2001:db8:1::11").pd(9));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(reply.options().count(Dhcp6OptionCode.IA_NA)).isEqualTo(1);
    assertThat(status(na(reply, 9).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
    assertThat(na(reply, 9).options().size()).isEqualTo(1);
    assertThat(status(pd(reply, 9).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
  }

  @Test
  void repeatedReleaseHasNoBinding() {
    server.ask(request(ALICE).na(1));
    server.ask(release(ALICE).na(1, "2001:db8:1::10"));

    ClientServerMessage again = server.ask(release(ALICE).na(1, "2001:db8:1::10"));

    assertThat(status(again.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(status(na(again, 1).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void leasesOfOthersAreNotReleased() {
    server.ask(request(ALICE).na(1));
    server.ask(request(BOB).na(1));

    server.ask(release(BOB).na(1, "2001:db8:1::10"));

    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(server.address("2001:db8:1::11").state()).isEqualTo(LeaseState.ACTIVE);
  }

  @Test
  void newExcludedPrefixIsAsNoBinding() {
    // RFC 6603 section 6.2. The plan excludes the /64 with subnet bits f0.
    server.ask(request(ALICE).pd(2));
    String prefix = "0000000000000000 38 20010db8010000000000000000000000";
    String other = "00000002 00000000 00000000 001a 001f" + prefix + "0043 0002 40 77";
    String own = "00000002 00000000 00000000 001a 001f" + prefix + "0043 0002 40 f0";

    ClientServerMessage wrong = server.ask(release(ALICE).option(25, other.replace(" ", "")));
    assertThat(status(pd(wrong, 2).options())).isEqualTo(Dhcp6StatusCode.NO_BINDING);
    assertThat(server.prefix("2001:db8:100::/56").state()).isEqualTo(LeaseState.ACTIVE);

    ClientServerMessage right = server.ask(release(ALICE).option(25, own.replace(" ", "")));
    assertThat(right.options().has(Dhcp6OptionCode.IA_PD)).isFalse();
    assertThat(server.prefix("2001:db8:100::/56").state()).isEqualTo(LeaseState.RELEASED);
  }
}
