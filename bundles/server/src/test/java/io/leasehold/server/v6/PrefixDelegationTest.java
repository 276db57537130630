// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.pd;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.rebind;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8168 (hints for the length) and RFC 6603 (excluded prefixes). */
class PrefixDelegationTest {
  private final TestServer server =
      new TestServer(
          new SubnetBuilder(1, "2001:db8:1::/64")
              .on("eth1")
              .prefixPool("2001:db8:100::/40", 48)
              .prefixPool("2001:db8:200::/40", 56)
              .prefixPool("2001:db8:300::/40", 64)
              .link());

  @Test
  void exactLengthIsGiven() {
    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "::/56")), 1))
        .containsExactly("2001:db8:200::/56 3000/4000");
  }

  @Test
  void nextShorterLengthIsGivenIfTheExactOneIsNotThere() {
    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "::/60")), 1))
        .containsExactly("2001:db8:200::/56 3000/4000");
  }

  @Test
  void noHintIsRefused() {
    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "::/32")), 1)).hasSize(1);
    assertThat(prefixes(server.ask(solicit(BOB).pd(1, "2001:db8:999::/56")), 1))
        .containsExactly("2001:db8:200::/56 3000/4000");
  }

  @Test
  void lengthBesideATakenPrefixIsForWhenItCannotBeHad() {
    server.ask(request(BOB).pd(1, "2001:db8:200::/56"));

    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "2001:db8:200::/56", "::/64")), 1))
        .containsExactly("2001:db8:300::/64 3000/4000");
  }

  @Test
  void newLengthReplacesWhatTheClientHad() {
    // RFC 8168 section 3.2: regardless of the record from earlier.
    server.ask(request(ALICE).pd(1, "::/56"));

    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "::/64")), 1))
        .containsExactly("2001:db8:300::/64 3000/4000");
    assertThat(prefixes(server.ask(request(ALICE).pd(1, "2001:db8:300::/64")), 1))
        .containsExactly("2001:db8:300::/64 3000/4000");
    assertThat(server.prefix("2001:db8:200::/56").state()).isEqualTo(LeaseState.EXPIRED);
  }

  @Test
  void sameLengthKeepsWhatTheClientHad() {
    server.ask(request(ALICE).pd(1, "2001:db8:200:700::/56"));

    assertThat(prefixes(server.ask(solicit(ALICE).pd(1, "::/56")), 1))
        .containsExactly("2001:db8:200:700::/56 3000/4000");
  }

  @Test
  void renewWithAHintExtendsWhatThereIs() {
    // RFC 8168 section 3.5, choice 1.
    server.ask(request(ALICE).pd(1, "::/64"));

    assertThat(prefixes(server.ask(renew(ALICE).pd(1, "2001:db8:300::/64", "::/56")), 1))
        .containsExactly("2001:db8:300::/64 3000/4000");
  }

  @Test
  void excludedPrefixIsForWhoAsksForIt() {
    TestServer excluding =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .prefixPoolExcluding("2001:db8:100::/40", 56, "2001:db8:100:f0::/64")
                .link());

    ClientServerMessage asked = excluding.ask(request(ALICE).pd(1).oro(67));
    ClientServerMessage silent = excluding.ask(request(ALICE).pd(1));

    IaPrefix prefix = pd(asked, 1).options().first(Dhcp6Options.IAPREFIX).orElseThrow();
    assertThat(
            prefix.options().first(Dhcp6Options.PD_EXCLUDE).orElseThrow().within(prefix.prefix()))
        .isEqualTo(Prefix.ofText("2001:db8:100:f0::/64"));
    assertThat(pd(silent, 1).options().first(Dhcp6Options.IAPREFIX).orElseThrow().options())
        .isEmpty();
    assertThat(asked.options().has(67)).isFalse();

    // RFC 6603 section 6.2: the same in Renew and Rebind.
    for (ClientMessage message : List.of(renew(ALICE), rebind(ALICE))) {
      ClientServerMessage extended =
          excluding.ask(message.pd(1, prefix.prefix().toString()).oro(67));
      assertThat(pd(extended, 1).options().first(Dhcp6Options.IAPREFIX))
          .hasValueSatisfying(again -> assertThat(again.options()).isEqualTo(prefix.options()));
    }
  }
}
