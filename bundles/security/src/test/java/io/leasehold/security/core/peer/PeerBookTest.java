// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each credential belongs to one peer, and a peer may do what its entry says now. */
final class PeerBookTest {
  private static final String PIN = "ab".repeat(32);

  private final List<String> audit = new ArrayList<>();
  private final PeerBook book =
      new PeerBook((kind, subject, detail) -> audit.add(kind + " " + subject));

  private PeerBook put(String id, String... keysAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("roles", "relay"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    book.put(id, PeerSpec.of(id, values));
    return book;
  }

  private static AuthenticatedPeer met(String id, PeerRole... roles) {
    return new AuthenticatedPeer(
        id,
        Set.of(roles),
        "tls-psk",
        new ChannelFacts("TLSv1.3", "", "", "", id + "#1", Instant.EPOCH));
  }

  @Test
  void entrySaysWhatItIsKnownBy() {
    put(
        "r17",
        "roles",
        "relay, failover-partner pool-element",
        "names",
        "dns:R17.Example ip:192.0.2.7 uri:urn:example:relay:R17",
        "pins",
        PIN,
        "psk",
        "r17#2 r17#1",
        "scope",
        "2001:db8:1::/48 10.0.0.0/8",
        "wildcards",
        "true",
        "pools",
        "dhcp6-* dhcp4",
        "addresses",
        "2001:db8:2::/48");
    Peer peer = book.peer("r17").orElseThrow();
    assertThat(peer.roles())
        .containsOnly(PeerRole.RELAY, PeerRole.FAILOVER_PARTNER, PeerRole.POOL_ELEMENT);
    assertThat(peer.names())
        .containsExactly(
            new PeerName(PeerName.Kind.DNS, "r17.example"),
            new PeerName(PeerName.Kind.ADDRESS, "192.0.2.7"),
            new PeerName(PeerName.Kind.URI, "urn:example:relay:R17"));
    assertThat(peer.pins()).containsExactly(Bytes.ofHex(PIN));
    assertThat(peer.preSharedKeys()).containsExactly("r17#2", "r17#1");
    assertThat(peer.wildcards()).isTrue();
    assertThat(peer.pools()).containsExactly(new PoolPattern("dhcp6-*"), new PoolPattern("dhcp4"));
    assertThat(peer.addresses()).containsExactly(Prefix.ofText("2001:db8:2::/48"));
    assertThat(book.byPreSharedKey("r17#1")).contains(peer);
    assertThat(book.byPreSharedKey("r18#1")).isEmpty();
    assertThat(PeerSpec.of("r17", PeerSpec.values(peer)).peer()).contains(peer);
  }

  @ParameterizedTest
  @CsvSource({
    "roles, king, 'king': accepted are relay",
    "names, r17.example, accepted are dns:NAME",
    "names, dns:*.example, wildcards = true",
    "names, dns:r17.example., no dot at the end",
    "names, ip:300.1.1.1, 300.1.1.1",
    "pins, abcd, 64 hexadecimal digits",
    "scope, 10.0.0.1/8, has bits set beyond its length",
    "wildcards, maybe, true or false",
    "addresses, 10.0.0.1/8, has bits set beyond its length",
    "pools, dhcp6-*, 'pools: ''dhcp6-*'': only a peer of role pool-element'",
    "roles, pool-element, pools is missing: a peer of role pool-element",
  })
  void wrongEntryIsRefusedWithItsFault(String key, String value, String fault) {
    put("r17", "psk", "r17#1", key, value);
    assertThat(book.peer("r17")).isEmpty();
    assertThat(book.alarms()).hasSize(1).allMatch(alarm -> alarm.contains(fault));
  }

  @Test
  void keyOfNobodySaysWhy() {
    put("dhcp-1", "psk", "dhcp-1-key", "roles", "pool-element");
    put("a", "psk", "shared");
    put("b", "psk", "shared");

    assertThat(book.byPreSharedKey("dhcp-1-key")).isEmpty();
    assertThat(book.whyNobody("dhcp-1-key"))
        .contains("peer 'dhcp-1'", "peer-dhcp-1.cfg", "pools is missing", "pools = dhcp6-*");
    assertThat(book.whyNobody("shared")).contains("peers a, b", "leave it to one");
    assertThat(book.whyNobody("other")).contains("name it in psk of its peer");
    assertThat(book.faults()).anyMatch(fault -> fault.startsWith("peer dhcp-1: pools is missing"));
    put("dhcp-1", "psk", "dhcp-1-key", "roles", "pool-element", "pools", "dhcp6-*");
    assertThat(book.byPreSharedKey("dhcp-1-key")).isPresent();
    assertThat(book.whyNobody("dhcp-1-key")).doesNotContain("pools");
  }

  @Test
  void entryThatNothingProvesIsRefused() {
    put("r17");
    assertThat(book.peer("r17")).isEmpty();
    assertThat(book.alarms().get(0)).contains("nothing to know the peer by");
  }

  @Test
  void whatIsInTwoEntriesIsRefusedForBoth() {
    put("a", "psk", "shared a#1", "names", "dns:x.example dns:a.example", "pins", PIN);
    put("b", "psk", "shared b#1", "names", "dns:X.EXAMPLE dns:b.example", "pins", PIN);
    assertThat(book.byPreSharedKey("shared")).isEmpty();
    assertThat(book.byPreSharedKey("a#1")).isPresent();
    for (Peer peer : book.peers()) {
      assertThat(peer.names()).extracting(PeerName::value).containsExactly(peer.id() + ".example");
      assertThat(peer.pins()).isEmpty();
      assertThat(peer.preSharedKeys()).containsExactly(peer.id() + "#1");
    }
    assertThat(book.alarms())
        .hasSize(3)
        .allMatch(alarm -> alarm.startsWith("peers a, b: the same"));
    book.remove("b");
    assertThat(book.byPreSharedKey("shared").orElseThrow().id()).isEqualTo("a");
    assertThat(book.alarms()).isEmpty();
  }

  @Test
  void goodCredentialPermitsOnlyTheRolesOfTheEntryAsItIsNow() {
    put("r17", "psk", "r17#1", "roles", "relay server");
    Authorization authorization = new Authorization(book);
    AuthenticatedPeer peer = met("r17", PeerRole.RELAY, PeerRole.SERVER);
    assertThat(authorization.permits(peer, PeerRole.RELAY)).isTrue();
    assertThat(authorization.permits(peer, PeerRole.FAILOVER_PARTNER)).isFalse();
    assertThat(authorization.permits(met("r18", PeerRole.RELAY), PeerRole.RELAY)).isFalse();
    put("r17", "psk", "r17#1", "roles", "server");
    assertThat(authorization.permits(peer, PeerRole.RELAY)).isFalse();
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("2001:db8::1"))).isFalse();
    book.remove("r17");
    assertThat(authorization.permits(peer, PeerRole.SERVER)).isFalse();
  }

  @Test
  void relaySpeaksOnlyForLinksInItsScope() {
    Authorization authorization = new Authorization(book);
    AuthenticatedPeer peer = met("r17", PeerRole.RELAY);
    put("r17", "psk", "r17#1", "scope", "2001:db8:1::/48 10.1.0.0/16");
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("2001:db8:1::1"))).isTrue();
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("10.1.2.3"))).isTrue();
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("2001:db8:2::1"))).isFalse();
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("10.2.0.1"))).isFalse();
    put("r17", "psk", "r17#1");
    assertThat(authorization.permitsLink(peer, Ipv6.ofText("10.2.0.1"))).isTrue();
  }

  /** P-154, RFC 5355 section 2.4. */
  @Test
  void poolElementJoinsThePoolsOfItsEntryOnly() {
    Authorization authorization = new Authorization(book);
    AuthenticatedPeer peer = met("s1", PeerRole.POOL_ELEMENT);
    put("s1", "psk", "s1#1", "roles", "pool-element", "pools", "dhcp4-*");
    assertThat(authorization.permitsPool(peer, Bytes.ofUtf8("dhcp4-core"))).isTrue();
    assertThat(authorization.permitsPool(peer, Bytes.ofUtf8("dhcp6-core"))).isFalse();
    assertThat(authorization.permitsPool(met("s1", PeerRole.RELAY), Bytes.ofUtf8("dhcp4-core")))
        .as("it did not prove that it is an element")
        .isFalse();
    put("s1", "psk", "s1#1", "roles", "pool-user");
    assertThat(authorization.permitsPool(peer, Bytes.ofUtf8("dhcp4-core"))).isFalse();
  }

  @Test
  void poolElementOffersItsServiceAtAddressesOfItsEntry() {
    Authorization authorization = new Authorization(book);
    AuthenticatedPeer peer = met("s1", PeerRole.POOL_ELEMENT);
    put("s1", "psk", "s1#1", "roles", "pool-element", "pools", "*", "addresses", "10.1.0.0/16");
    assertThat(authorization.permitsAddress(peer, Ipv6.ofText("10.1.2.3"))).isTrue();
    assertThat(authorization.permitsAddress(peer, Ipv6.ofText("10.2.0.1"))).isFalse();
    put("s1", "psk", "s1#1", "roles", "pool-element", "pools", "*");
    assertThat(authorization.permitsAddress(peer, Ipv6.ofText("10.1.2.3")))
        .as("none means none")
        .isFalse();
  }

  @Test
  void changesAreTold() throws Exception {
    int[] told = new int[1];
    AutoCloseable listener = book.onChange(() -> told[0]++);
    put("r17", "psk", "r17#1");
    book.remove("r17");
    listener.close();
    put("r18", "psk", "r18#1");
    assertThat(told[0]).isEqualTo(2);
    assertThat(audit)
        .containsExactly("peer-configured r17", "peer-removed r17", "peer-configured r18");
  }
}
