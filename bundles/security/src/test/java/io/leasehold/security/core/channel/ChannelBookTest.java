// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Channel;
import io.leasehold.security.Channel.Change;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.core.peer.PeerSpec;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Providers and profiles come and go; nothing is ever made in another way than configured. */
final class ChannelBookTest {
  private static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);
  private static final HopEnd HERE = new HopEnd(Ipv6.ofText("2001:db8::1"), 547);

  private final Bench bench = new Bench();
  private final ChannelBook book = bench.channels;
  private final FakeProvider tls = new FakeProvider("tls-psk");
  private final Channel channel = book.channel("hq");
  private final List<Change> changes = new ArrayList<>();

  ChannelBookTest() {
    channel.onChange(changes::add);
  }

  private static ChannelSpec profile(String provider) {
    return ChannelSpec.of("hq", Map.of("provider", provider));
  }

  private static ProviderOffer offer(FakeProvider provider, String version, int ranking) {
    return new ProviderOffer(provider, "test", version, ranking, ranking + 100);
  }

  private ChannelEngine engine() {
    return channel.newEngine(HandshakeRole.SERVER, RELAYS);
  }

  private void refuses(String reason) {
    assertThat(channel.health().usable()).isFalse();
    assertThat(channel.health().reason()).contains(reason);
    assertThat(channel.carriers()).isEmpty();
    assertThatThrownBy(this::engine)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(reason);
    assertThat(channel.admit(HERE, HERE).admitted()).isFalse();
    assertThat(channel.admit(HERE, HERE).reason()).contains(reason);
  }

  @Test
  void channelWithoutProfileSaysWhichFileIsMissing() {
    refuses("etc/io.leasehold.security.channel-hq.cfg");
  }

  @Test
  void missingProviderIsNamedAndRecoversWhenItComes() {
    book.put(profile("tls-psk"));
    refuses(
        "provider-missing: nothing provides tls-psk; install the feature leasehold-security-tls");
    book.offer(offer(tls, "1.0.0", 0));
    assertThat(channel.health()).isEqualTo(Health.READY);
    assertThat(changes).endsWith(Change.RENEWED, Change.HEALTH);
    assertThat(engine().state()).isEqualTo(State.HANDSHAKING);
  }

  @Test
  void thatAChannelIsDownIsNotedOnceAndNotWhatPasses() {
    bench.audit.clear();
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    book.tick();
    assertThat(bench.audit)
        .containsExactly("channel-opened hq tls-psk of test 1.0.0", "channel-up hq ");

    bench.audit.clear();
    book.withdraw(tls);
    book.tick();
    book.tick();
    book.put(profile("tls-cert"));
    book.tick();
    assertThat(bench.audit)
        .hasSize(2)
        .allMatch(line -> line.startsWith("provider-missing hq provider-missing: nothing provides"))
        .last()
        .asString()
        .contains("tls-cert");
  }

  @Test
  void anotherProviderIsNoSubstitute() {
    FakeProvider none = new FakeProvider("none");
    book.offer(offer(none, "1.0.0", 100));
    book.offer(offer(new FakeProvider("tls-cert"), "1.0.0", 100));
    book.put(profile("tls-psk"));
    refuses("provider-missing");
    book.offer(offer(tls, "1.0.0", 0));
    book.withdraw(tls);
    refuses("provider-missing");
    assertThat(none.factories).isEmpty();
  }

  @Test
  void channelsEndAtOnceWhenTheirProviderStops() {
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    ChannelEngine engine = engine();
    book.withdraw(tls);
    assertThat(tls.open()).isZero();
    assertThat(changes).contains(Change.GONE);
    assertThat(engine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void highestRankingIsUsedAndTheOneBeforeDrains() {
    FakeProvider better = new FakeProvider("tls-psk");
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    ChannelEngine old = engine();
    bench.establish(tls, "r17");
    assertThat(old.state()).isEqualTo(State.ESTABLISHED);
    changes.clear();
    book.offer(offer(better, "2.0.0", 5));
    assertThat(changes).containsExactly(Change.RENEWED);
    engine();
    assertThat(better.last().engines).hasSize(1);
    assertThat(tls.last().drained).isTrue();
    assertThat(book.status().get(0).bundle()).isEqualTo("test 2.0.0");
    assertThat(book.status().get(0).engines()).isEqualTo(2);

    assertThat(channel.grace()).isEqualTo(Duration.ofSeconds(28));
    bench.pass(Duration.ofSeconds(27));
    book.tick();
    assertThat(old.state()).isEqualTo(State.ESTABLISHED);
    bench.pass(Duration.ofSeconds(1));
    book.tick();
    assertThat(old.state()).isEqualTo(State.CLOSED);
    bench.pass(Duration.ofSeconds(2));
    book.tick();
    assertThat(tls.open()).isZero();
    assertThat(better.open()).isOne();
  }

  @Test
  void oldFactoryClosesAsSoonAsItsChannelsHaveEnded() {
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    ChannelEngine old = engine();
    book.offer(offer(new FakeProvider("tls-psk"), "2.0.0", 5));
    book.tick();
    assertThat(tls.open()).isOne();
    old.close(CloseReason.DONE);
    book.tick();
    assertThat(tls.open()).isZero();
  }

  @Test
  void newVersionIsUsedOnlyOnceItIsReady() {
    FakeProvider better = new FakeProvider("tls-psk");
    better.next = Health.unusable("warming up");
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    book.offer(offer(better, "2.0.0", 5));
    engine();
    assertThat(tls.last().engines).hasSize(1);
    better.last().health = Health.READY;
    book.tick();
    engine();
    assertThat(better.last().engines).hasSize(1);
    assertThat(tls.last().drained).isTrue();
  }

  @Test
  void wantedVersionIsRespected() {
    FakeProvider better = new FakeProvider("tls-psk");
    book.offer(offer(better, "2.0.0", 5));
    book.put(ChannelSpec.of("hq", Map.of("provider", "tls-psk", "provider.version", "1.0.0")));
    refuses("the profile wants version 1.0.0 of tls-psk, there is 2.0.0");
    book.offer(offer(tls, "1.0.0", 0));
    engine();
    assertThat(tls.last().engines).hasSize(1);
    assertThat(better.factories).isEmpty();
  }

  @Test
  void changedProfileIsNeverServedInTheWayOfTheOldOne() {
    FakeProvider certificates = new FakeProvider("tls-cert");
    certificates.rejection = "credential server is not there";
    book.offer(offer(tls, "1.0.0", 0));
    book.offer(offer(certificates, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine old = engine();
    book.put(profile("tls-cert"));
    refuses("credential server is not there");
    assertThat(changes).contains(Change.GONE);
    assertThat(old.state()).isEqualTo(State.CLOSED);
    bench.pass(Duration.ofSeconds(1));
    book.tick();
    assertThat(tls.open()).isZero();
  }

  @Test
  void mechanismIsSwappedByConfigurationAlone() {
    FakeProvider certificates = new FakeProvider("tls-cert");
    book.offer(offer(tls, "1.0.0", 0));
    book.offer(offer(certificates, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine old = engine();
    book.put(profile("tls-cert"));
    assertThat(changes).endsWith(Change.RENEWED).doesNotContain(Change.GONE);
    assertThat(old.state()).isEqualTo(State.HANDSHAKING);
    engine();
    assertThat(certificates.last().engines).hasSize(1);
  }

  @Test
  void wrongProfileIsRefusedWithAllItsFaults() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(
        ChannelSpec.of("hq", Map.of("provider", "tls-psk", "min.version", "1.1", "pq", "perhaps")));
    refuses(
        "min.version = 1.1: accepted are 1.3, 1.2; pq = perhaps: accepted are prefer, require, off");
    assertThat(tls.factories).isEmpty();
  }

  @Test
  void removedProfileEndsItsChannels() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine engine = engine();
    book.remove("hq");
    refuses("there is no profile hq");
    assertThat(engine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void changeOfHealthIsTold() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    changes.clear();
    tls.last().health = Health.unusable("kernel has no ESP");
    book.tick();
    assertThat(changes).containsExactly(Change.HEALTH);
    assertThat(book.alarms()).containsExactly("channel hq: kernel has no ESP");
    assertThatThrownBy(this::engine).hasMessage("kernel has no ESP");
  }

  @Test
  void providerThatThrowsTakesDownOnlyItsOwnChannel() {
    FakeProvider broken = new FakeProvider("ipsec");
    broken.next = null; // its factory answers null for its health
    book.offer(offer(tls, "1.0.0", 0));
    book.offer(offer(broken, "1.0.0", 0));
    book.put(ChannelSpec.of("lab", Map.of("provider", "ipsec")));
    book.put(profile("tls-psk"));
    assertThat(channel.health()).isEqualTo(Health.READY);
    assertThat(book.channel("lab").health().usable()).isFalse();
  }

  @Test
  void removedPeerIsHeardNoMore() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine engine = engine();
    boolean[] woken = new boolean[1];
    engine.onReady(() -> woken[0] = true);
    bench.establish(tls, "r17");
    assertThat(engine.peer()).isPresent();
    bench.peers.remove("r17");
    assertThat(woken[0]).isTrue();
    ByteBuffer out = ByteBuffer.allocate(9);
    assertThat(engine.takeApplication(out)).isZero();
    assertThat(tls.last().engines.get(0).closedFor).isEqualTo(CloseReason.REVOKED);
    assertThat(engine.peer()).isEmpty();
    assertThatThrownBy(() -> engine.sendApplication(ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void peerThatLostItsRoleOrKeyIsHeardNoMore() {
    for (Map<String, String> less :
        List.of(
            Map.of("roles", "server", "names", "dns:r17.example", "psk", "r17#1"),
            Map.of("roles", "relay", "names", "dns:r17.example", "psk", "r17#2"))) {
      bench.peer("r17");
      book.put(profile("tls-psk"));
      book.offer(offer(tls, "1.0.0", 0));
      ChannelEngine engine = engine();
      bench.establish(tls, "r17");
      assertThat(engine.state()).isEqualTo(State.ESTABLISHED);
      bench.peers.put("r17", PeerSpec.of("r17", less));
      assertThat(engine.state()).isEqualTo(State.CLOSED);
      book.withdraw(tls);
    }
  }

  @Test
  void addedKeyOfPeerLeavesItsChannelsAlone() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine engine = engine();
    bench.establish(tls, "r17");
    engine.state();
    changes.clear();
    bench.peers.put(
        "r17",
        PeerSpec.of(
            "r17", Map.of("roles", "relay", "names", "dns:r17.example", "psk", "r17#2 r17#1")));
    assertThat(engine.state()).isEqualTo(State.ESTABLISHED);
    assertThat(changes).isEmpty();
  }

  @Test
  void peerRemovedDuringTheHandshakeIsNotAdmitted() {
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    ChannelEngine engine = engine();
    bench.peers.remove("r17");
    bench.establish(tls, "r17");
    assertThat(engine.state()).isEqualTo(State.CLOSED);
    assertThat(bench.audit).anyMatch(line -> line.startsWith("peer-refused r17"));
  }

  @Test
  void rejectedProfileIsTriedAgainWhenWhatItRestsOnHasChanged() {
    tls.rejection = "credential server is not there";
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    refuses("credential server is not there");
    tls.rejection = "";
    book.credentialsChanged();
    assertThat(channel.health()).isEqualTo(Health.READY);
  }

  @Test
  void fiftySwapsLeaveNothingBehind() throws Exception {
    book.put(profile("tls-psk"));
    book.offer(offer(tls, "1.0.0", 0));
    WeakReference<FakeProvider> first = null;
    for (int i = 1; i <= 50; i++) {
      FakeProvider next = new FakeProvider("tls-psk");
      first = first == null ? new WeakReference<>(next) : first;
      book.offer(offer(next, "1.0." + i, i));
      engine();
      ChannelEngine ended = engine();
      ended.close(CloseReason.DONE);
      AutoCloseable listener = channel.onChange(any -> {});
      book.withdraw(next);
      assertThat(next.open()).isZero();
      listener.close();
      bench.pass(Duration.ofSeconds(40));
      book.tick();
    }
    assertThat(book.held()).containsExactly(1, 1);
    assertThat(tls.open()).isOne();
    for (int i = 0; i < 50 && first.get() != null; i++) {
      System.gc();
    }
    assertThat(first.get()).as("the first provider is held").isNull();
  }

  @Test
  void acknowledgementsReachOnlyTheProviderThatProtectsNothing() {
    FakeProvider none = new FakeProvider("none");
    book.offer(offer(none, "1.0.0", 0));
    book.offer(offer(tls, "1.0.0", 0));
    book.put(profile("tls-psk"));
    book.put(ChannelSpec.of("lab", Map.of("provider", "none")));
    book.acknowledge(Map.of("insecure.acknowledged", "lab"));
    assertThat(none.last().profile.settings()).containsEntry("insecure.acknowledged", "lab");
    assertThat(tls.factories).hasSize(1);
    book.close();
    assertThat(tls.open() + none.open()).isZero();
  }
}
