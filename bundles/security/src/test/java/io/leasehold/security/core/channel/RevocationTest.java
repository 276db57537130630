// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.Channel;
import io.leasehold.security.Channel.Change;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.CloseReason;
import io.leasehold.security.Credential.TrustAnchors;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of channels that exist when fewer are trusted, and when others are. */
final class RevocationTest {
  private static final TestAuthority AUTHORITY = TestAuthority.root("hq authority");
  private static final TestAuthority OTHER = TestAuthority.root("other authority");
  private static final Instant FROM = SecurityWorld.BEGIN;
  private static final Instant TO = FROM.plus(Duration.ofDays(7));
  private static final Bytes LEAF =
      AUTHORITY.issue().dns("r18.example").credential("r18").chain().get(0);
  private static final Bytes LEAF2 =
      AUTHORITY.issue().dns("r19.example").credential("r19").chain().get(0);

  private final Bench bench = new Bench();
  private final FakeProvider tls = new FakeProvider("tls-cert");
  private final Channel channel = bench.channels.channel("hq");
  private final List<Change> changes = new ArrayList<>();

  @BeforeEach
  void open() {
    bench.credentials.put("ca", AUTHORITY.trust("ca", AUTHORITY.revocationList(FROM, TO, LEAF)));
    bench.channels.offer(new ProviderOffer(tls, "test", "1.0.0", 0, 1));
    bench.channels.put(
        ChannelSpec.of("hq", Map.of("provider", "tls-cert", "credential", "own", "trust", "ca")));
    channel.onChange(changes::add);
  }

  private ChannelEngine established() {
    ChannelEngine engine =
        channel.newEngine(HandshakeRole.SERVER, PeerSelector.anyOf(PeerRole.RELAY));
    bench.establish(tls, "r17");
    assertThat(engine.state()).isEqualTo(State.ESTABLISHED);
    return engine;
  }

  private void trust(TrustAnchors trust) {
    bench.credentials.put("ca", trust);
    bench.channels.credentialsChanged();
  }

  private void endsInTenSeconds(TrustAnchors less) {
    ChannelEngine before = established();
    trust(less);
    assertThat(changes).containsExactly(Change.RENEWED);
    assertThat(channel.grace()).isLessThan(Duration.ofSeconds(10));
    ChannelEngine after = established();
    bench.pass(Duration.ofSeconds(10));
    bench.channels.tick();
    assertThat(before.state()).isEqualTo(State.CLOSED);
    assertThat(tls.last().engines.get(0).closedFor).isEqualTo(CloseReason.REVOKED);
    assertThat(after.state()).isEqualTo(State.ESTABLISHED);
  }

  /** S-152. */
  @Test
  void revocationEndsChannelsInTenSeconds() {
    endsInTenSeconds(AUTHORITY.trust("ca", AUTHORITY.revocationList(FROM, TO, LEAF, LEAF2)));
  }

  @Test
  void anAnchorThatIsTakenOutDoesToo() {
    endsInTenSeconds(OTHER.trust("ca"));
  }

  @Test
  void trustThatCannotBeUsedAnyMoreDoesToo() {
    ChannelEngine before = established();
    bench.credentials.remove("ca");
    bench.channels.credentialsChanged();
    bench.pass(Duration.ofSeconds(10));
    bench.channels.tick();
    assertThat(before.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void anOwnCredentialThatIsTakenAwayDoesTooAndOneThatIsReplacedDrains() {
    bench.credentials.put("own", AUTHORITY.issue().dns("hq.example").credential("own"));
    bench.channels.credentialsChanged();
    bench.credentials.put("own", AUTHORITY.issue().dns("hq.example").credential("own"));
    bench.channels.credentialsChanged();
    assertThat(channel.grace()).isEqualTo(Duration.ofSeconds(28));
    ChannelEngine before = established();
    bench.credentials.remove("own");
    bench.channels.credentialsChanged();
    bench.pass(Duration.ofSeconds(10));
    bench.channels.tick();
    assertThat(before.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whatIsOnlyRenewedOrAddedEndsNothing() {
    ChannelEngine engine = established();
    Bytes renewed = AUTHORITY.revocationList(FROM.plusSeconds(1), TO.plusSeconds(1), LEAF);
    trust(AUTHORITY.trust("ca", renewed));
    trust(
        new TrustAnchors(
            "ca", List.of(OTHER.certificate(), AUTHORITY.certificate()), List.of(renewed)));
    bench.pass(Duration.ofHours(1));
    bench.channels.tick();
    assertThat(changes).isEmpty();
    assertThat(engine.state()).isEqualTo(State.ESTABLISHED);
  }
}
