// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import static io.leasehold.relay.agent.prefix.KeeperOfTests.CLIENT;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.FIRST;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.HOP;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.OTHER;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.OTHER_HOP;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.SECOND;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.association;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.prefixOption;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay agent learns from what passes through it (RFC 8987 section 4.1). */
final class DelegatedPrefixesTest {
  private static final String FIRST_ON_ETH1 = "2001:db8:1::/48 fe80::a eth1";
  private static final String SECOND_ON_ETH1 = "2001:db8:2:300::/56 fe80::a eth1";

  private final KeeperOfTests relay = new KeeperOfTests();

  @Test
  void prefixesOfAReplyAreRememberedAndRouted() {
    relay.reply(
        "eth1",
        HOP,
        CLIENT,
        association(1, prefixOption(FIRST, 60, 100), prefixOption(SECOND, 50, 50)),
        association(2, Prefix.ofText("fd00:1::/64"), 10));
    relay.turn();
    assertThat(relay.prefixes())
        .containsExactly(FIRST_ON_ETH1, SECOND_ON_ETH1, "fd00:1::/64 fe80::a eth1");
    assertThat(relay.table.routes).containsEntry(FIRST, "fe80::a eth1").hasSize(3);
    assertThat(relay.keeper.prefixes())
        .allMatch(each -> each.routed())
        .anyMatch(each -> each.validUntil().equals(Instant.ofEpochMilli(1_100_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Dhcp6MessageType.ADVERTISE, Dhcp6MessageType.RECONFIGURE, 0})
  void otherMessagesOfServersDelegateNothing(int type) {
    Bytes message = KeeperOfTests.message(type, CLIENT, association(1, FIRST, 100));
    relay.keeper.watch().toClient(message, "eth1", HOP, relay.nowMillis);
    assertThat(relay.prefixes()).isEmpty();
  }

  @Test
  void eachPrefixEndsWithItsOwnLifetime() {
    relay.reply(
        "eth1",
        HOP,
        CLIENT,
        association(1, prefixOption(FIRST, 100, 100), prefixOption(SECOND, 50, 50)));
    assertThat(relay.turn()).isEqualTo(1_050_000);
    relay.later(49_999);
    assertThat(relay.prefixes()).hasSize(2);
    assertThat(relay.later(1)).isEqualTo(1_100_000);
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1);
    assertThat(relay.table.routes).containsOnlyKeys(FIRST);
    relay.later(50_000);
    assertThat(relay.table.routes).isEmpty();
    assertThat(relay.count(PrefixEvent.PREFIX_EXPIRED)).isEqualTo(2);
  }

  @Test
  void renewalGivesItItsNewLifetime() {
    relay.delegated(FIRST, 100);
    relay.later(90_000);
    relay.delegated(FIRST, 100);
    relay.later(99_999);
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1);
    relay.later(1);
    assertThat(relay.prefixes()).isEmpty();
    assertThat(relay.table.done).hasSize(2);
  }

  @Test
  void lifetimeWithoutEndHasNone() {
    relay.delegated(FIRST, 0xffff_ffffL);
    assertThat(relay.turn()).isEqualTo(Long.MAX_VALUE);
    relay.later(Integer.MAX_VALUE * 1000L);
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1);
  }

  @Test
  void prefixThatIsNotMentionedStays() {
    relay.delegated(FIRST, 100);
    relay.reply("eth1", HOP, CLIENT, association(1));
    relay.reply("eth1", HOP, CLIENT, association(1, SECOND, 100));
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1, SECOND_ON_ETH1);
  }

  @Test
  void lifetimeOfZeroTakesItBack() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.reply("eth1", OTHER_HOP, OTHER, association(1, FIRST, 0));
    relay.reply("eth2", HOP, CLIENT, association(1, FIRST, 0));
    assertThat(relay.prefixes()).hasSize(1);
    relay.delegated(FIRST, 0);
    relay.turn();
    assertThat(relay.prefixes()).isEmpty();
    assertThat(relay.table.routes).isEmpty();
    assertThat(relay.count(PrefixEvent.PREFIX_WITHDRAWN)).isEqualTo(1);
  }

  @Test
  void releaseEndsWhatItLists() {
    relay.reply(
        "eth1", HOP, CLIENT, association(1, prefixOption(FIRST, 9, 9), prefixOption(SECOND, 9, 9)));
    relay.turn();
    assertThat(release("eth1", CLIENT, association(1, SECOND, 0))).isTrue();
    relay.turn();
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1);
    assertThat(relay.table.routes).containsOnlyKeys(FIRST);
    release("eth1", CLIENT, association(1));
    assertThat(relay.prefixes()).isEmpty();
  }

  private boolean release(String interfaceName, Bytes client, IaPd association) {
    return relay.fromClient(Dhcp6MessageType.RELEASE, interfaceName, HOP, client, association);
  }

  @Test
  void nobodyReleasesWhatOthersHave() {
    relay.delegated(FIRST, 100);
    release("eth1", OTHER, association(1, FIRST, 0));
    release("eth2", CLIENT, association(1, FIRST, 0));
    release("eth1", CLIENT, association(2, FIRST, 0));
    assertThat(relay.fromClient(Dhcp6MessageType.DECLINE, "eth1", HOP, CLIENT, association(1)))
        .isTrue();
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1);
  }

  @Test
  void sameIdentifierMayBeOnSeveralInterfaces() {
    relay.delegated(FIRST, 100);
    relay.reply("eth2", OTHER_HOP, CLIENT, association(1, SECOND, 100));
    assertThat(relay.prefixes()).containsExactly(FIRST_ON_ETH1, "2001:db8:2:300::/56 fe80::b eth2");
  }

  @Test
  void prefixGoesToWhomItIsDelegatedNext() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.reply("eth2", OTHER_HOP, OTHER, association(1, FIRST, 100));
    relay.turn();
    assertThat(relay.prefixes()).containsExactly("2001:db8:1::/48 fe80::b eth2");
    assertThat(relay.table.routes).containsEntry(FIRST, "fe80::b eth2");
  }

  @Test
  void eachClientHasItsLimit() {
    for (int i = 0; i < 9; i++) {
      relay.delegated(Prefix.ofText("2001:db8:" + (i + 1) + "::/48"), 100);
    }
    assertThat(relay.prefixes()).hasSize(8);
    assertThat(relay.count(PrefixEvent.PREFIX_OVER_CLIENT_LIMIT)).isEqualTo(1);
    assertThat(relay.alarms.sentences(relay.nowMillis))
        .anyMatch(each -> each.contains("eth1") && each.contains("prefixes.per.client"));
    relay.delegated(FIRST, 200);
    relay.reply("eth1", OTHER_HOP, OTHER, association(1, SECOND, 100));
    assertThat(relay.prefixes()).hasSize(9);
  }

  @Test
  void eachInterfaceHasItsLimit() {
    KeeperOfTests small =
        new KeeperOfTests(
            new KeeperOfTests.MemoryMedium(), new PrefixSettings(true, 8, 1, true, 0));
    small.delegated(FIRST, 100);
    small.reply("eth1", OTHER_HOP, OTHER, association(1, SECOND, 100));
    assertThat(small.prefixes()).containsExactly(FIRST_ON_ETH1);
    assertThat(small.count(PrefixEvent.PREFIX_OVER_INTERFACE_LIMIT)).isEqualTo(1);
    small.delegated(FIRST, 0);
    small.reply("eth1", OTHER_HOP, OTHER, association(1, SECOND, 100));
    small.reply("eth2", HOP, CLIENT, association(1, FIRST, 100));
    assertThat(small.prefixes()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"::/0", "ff00::/16", "fe80::/64", "2000::/3", "::/64", "::ffff:10.0.0.0/104"})
  void whatCannotBeDelegatedIsNotRouted(String prefix) {
    relay.delegated(Prefix.ofIpv6Text(prefix), 100);
    assertThat(relay.prefixes()).isEmpty();
    assertThat(relay.count(PrefixEvent.PREFIX_UNREADABLE)).isEqualTo(1);
  }

  @Test
  void nonsenseIsLeftAlone() {
    relay.reply("eth1", HOP, CLIENT, association(1, prefixOption(FIRST, 101, 100)));
    relay.reply("eth1", Ipv6.ofText("2001:db8::5"), CLIENT, association(1, FIRST, 100));
    // Reply, transaction, Client Identifier, an association that is cut short.
    Bytes cut = Bytes.ofHex("07000007" + "00010001aa" + "00190004" + "00000001");
    relay.keeper.watch().toClient(cut, "eth1", HOP, relay.nowMillis);
    Bytes cutRelease = Bytes.ofHex("08000007" + "00010001aa" + "00190004" + "00000001");
    assertThat(relay.keeper.watch().fromClient(cutRelease, "eth1", HOP, relay.nowMillis)).isTrue();
    assertThat(relay.prefixes()).isEmpty();
    assertThat(relay.count(PrefixEvent.PREFIX_UNREADABLE)).isEqualTo(3);
    assertThat(relay.count(PrefixEvent.PREFIX_WITHOUT_NEXT_HOP)).isEqualTo(1);
  }

  @Test
  void addressesInPrefixesOfOthersAreSpoofed() {
    relay.delegated(FIRST, 100);
    Ipv6 inside = Ipv6.ofText("2001:db8:1:77::1");
    assertThat(request("eth1", inside, CLIENT)).isTrue();
    assertThat(request("eth1", inside, OTHER)).isFalse();
    assertThat(request("eth2", inside, CLIENT)).isFalse();
    assertThat(request("eth1", Ipv6.ofText("2001:db8:2::1"), OTHER)).isTrue();
    assertThat(request("eth1", OTHER_HOP, OTHER)).isTrue();
  }

  @Test
  void longestPrefixDecidesWhoseAnAddressIs() {
    relay.delegated(FIRST, 100);
    relay.reply("eth2", OTHER_HOP, OTHER, association(1, Prefix.ofText("2001:db8:1:700::/56"), 9));
    Ipv6 inside = Ipv6.ofText("2001:db8:1:777::1");
    assertThat(request("eth2", inside, OTHER)).isTrue();
    assertThat(request("eth1", inside, CLIENT)).isFalse();
  }

  @Test
  void sourcesAreNotCheckedIfThatIsNotWanted() {
    relay.delegated(FIRST, 100);
    relay.keeper.configure(new PrefixSettings(true, 8, 100, false, 0));
    assertThat(request("eth1", Ipv6.ofText("2001:db8:1:77::1"), OTHER)).isTrue();
  }

  private boolean request(String interfaceName, Ipv6 source, Bytes client) {
    return relay.fromClient(Dhcp6MessageType.INFORMATION_REQUEST, interfaceName, source, client);
  }
}
