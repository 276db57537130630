// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.rebind;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.server.protocol.Arrival;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.5. */
class RebindTest {
  private final SubnetBuilder subnet =
      new SubnetBuilder(1, "2001:db8:1::/64")
          .on("eth1")
          .pool("2001:db8:1::10", "2001:db8:1::1f")
          .prefixPool("2001:db8:100::/40", 56);
  private final TestServer server =
      new TestServer(
          subnet.link(),
          new SubnetBuilder(2, "2001:db8:2::/64")
              .on("eth2")
              .prefixPool("2001:db8:200::/40", 56)
              .link());

  @Test
  void knownBindingIsExtended() {
    server.ask(request(ALICE).na(1).pd(2));
    server.now += 2400;

    ClientServerMessage reply =
        server.ask(rebind(ALICE).na(1, "2001:db8:1::10").pd(2, "2001:db8:100::/56"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100::/56 3000/4000");
    assertThat(server.last.changes()).hasSize(2);
  }

  @Test
  void freeAddressOfOurPoolIsTakenOver() {
    ClientServerMessage reply =
        server.ask(rebind(ALICE).na(1, "2001:db8:1::1b").pd(2, "2001:db8:100:500::/56"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::1b 3000/4000");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:100:500::/56 3000/4000");
    assertThat(server.address("2001:db8:1::1b").isActive(server.now)).isTrue();
  }

  @Test
  void addressOfOurPoolThatSomebodyHoldsGetsLifetimesOfZero() {
    server.ask(request(BOB).na(1, "2001:db8:1::1b"));

    ClientServerMessage reply = server.ask(rebind(ALICE).na(1, "2001:db8:1::1b"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::1b 0/0");
    assertThat(na(reply, 1).t1Seconds()).isZero();
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void whatThePlanPutsOnAnotherLinkGetsLifetimesOfZero() {
    ClientServerMessage reply =
        server.ask(rebind(ALICE).na(1, "2001:db8:2::1").pd(2, "2001:db8:200::/56"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:2::1 0/0");
    assertThat(prefixes(reply, 2)).containsExactly("2001:db8:200::/56 0/0");
  }

  @Test
  void leasesOfAnotherServerAreLeftAlone() {
    // On our link but in no pool of ours; a prefix the plan knows nothing about; nothing named.
    assertThat(
            server.ask(rebind(ALICE).na(1, "2001:db8:1::9999").pd(2, "2001:db8:ffff::/56").na(3)))
        .isNull();
    assertThat(server.count("pkt6-drop-unknown-binding")).isEqualTo(1);
  }

  @Test
  void onlyWhatIsKnownIsAnswered() {
    server.ask(request(ALICE).na(1));

    ClientServerMessage reply =
        server.ask(rebind(ALICE).na(1, "2001:db8:1::10").na(2, "2001:db8:1::9999"));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::10 3000/4000");
    assertThat(reply.options().count(Dhcp6OptionCode.IA_NA)).isEqualTo(1);
  }

  @Test
  void newBindingsAreMadeWhereRapidCommitIsAnswered() {
    TestServer rapid =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .rapidCommit()
                .link());

    assertThat(addresses(rapid.ask(rebind(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::1 3000/4000");
    ClientServerMessage second = rapid.ask(rebind(BOB).na(1));
    assertThat(status(na(second, 1).options())).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
  }

  @Test
  void unknownLinkIsNotAnswered() {
    Arrival elsewhere = new Arrival("eth9", TestServer.MULTICAST, TestServer.CLIENT, 546);

    assertThat(server.ask(rebind(ALICE).na(1, "2001:db8:1::10").build(), elsewhere)).isNull();
  }
}
