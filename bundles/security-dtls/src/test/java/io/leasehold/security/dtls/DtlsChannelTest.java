// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.dtls.osgi.HandshakeThreads;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Associations between two providers, with cookies and datagrams that get lost. */
final class DtlsChannelTest {
  private static final PeerSelector RELAYS =
      PeerSelector.anyOf(PeerRole.RELAY).speaking("dhcpv6-relay/1");
  private static final PeerSelector SERVER =
      PeerSelector.only("server", PeerRole.SERVER).speaking("dhcpv6-relay/1");

  /** Where a ClientHello in one datagram has its version: behind two headers. */
  private static final int CLIENT_VERSION = 13 + 12;

  private final HandshakeThreads threads = new HandshakeThreads();
  private final SecurityWorld relay = new SecurityWorld();
  private final SecurityWorld server = new SecurityWorld();

  @AfterEach
  void noThreadIsLeft() {
    threads.close();
    Await.until(
        Duration.ofSeconds(2),
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("leasehold-security-dtls-")));
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private ChannelFactory keys(SecurityWorld world, Map<String, String> settings) throws Exception {
    return new DtlsPreSharedKeys(threads).open(Profiles.keys(settings), world);
  }

  private ChannelFactory certificates(SecurityWorld world) throws Exception {
    return new DtlsCertificates(threads).open(Profiles.certificates(), world);
  }

  private CookiePipe pipe(ChannelFactory client, ChannelFactory acceptor) {
    return new CookiePipe(client.newEngine(HandshakeRole.CLIENT, SERVER), acceptor, RELAYS);
  }

  private void sameKeys() {
    relay.withKey("key", "relay17#1", key(5)).withKeyPeer("server", PeerRole.SERVER, "key");
    server.withKey("key", "relay17#1", key(5)).withKeyPeer("relay17", PeerRole.RELAY, "key");
  }

  private void sameAuthority(String nameOfServer) {
    TestAuthority authority = TestAuthority.root("test");
    relay
        .with(authority.issue().dns("relay17.example").credential("own"))
        .with(authority.trust("trust"))
        .withNamedPeer("server", PeerRole.SERVER, nameOfServer);
    server
        .with(authority.issue().dns("server.example").credential("own"))
        .with(authority.trust("trust"))
        .withNamedPeer("relay17", PeerRole.RELAY, "relay17.example");
  }

  private static void assertTalks(ChannelEngine client, CookiePipe pipe) {
    for (int length : List.of(1, 300, 1400, DtlsEngine.LONGEST_MESSAGE)) {
      Bytes question = Bytes.wrap(new byte[length]);
      CookiePipe.say(client, question);
      pipe.carry();
      assertThat(CookiePipe.heard(pipe.server)).isEqualTo(question);
      CookiePipe.say(pipe.server, question);
      pipe.carry();
      assertThat(CookiePipe.heard(client)).isEqualTo(question);
    }
  }

  @Test
  void preSharedKeysProveBothEnds() throws Exception {
    sameKeys();
    ChannelEngine client = keys(relay, Map.of()).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, keys(server, Map.of()), RELAYS);

    pipe.untilEstablished();

    AuthenticatedPeer known = pipe.server.peer().orElseThrow();
    assertThat(known.peerId()).isEqualTo("relay17");
    assertThat(known.mechanism()).isEqualTo("dtls-psk");
    assertThat(known.facts().protocol()).isEqualTo("DTLSv1.2");
    assertThat(known.facts().cipherSuite()).isEqualTo("TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256");
    assertThat(client.peer().orElseThrow().peerId()).isEqualTo("server");
    assertThat(client.assurance().forwardSecret()).isTrue();
    assertTalks(client, pipe);
    assertThat(server.used()).containsExactly("key");
  }

  @Test
  void constrainedSuitesAreOnlyForThoseWhoWantThem() throws Exception {
    sameKeys();
    CookiePipe pipe =
        pipe(keys(relay, Map.of("constrained.suites", "true")), keys(server, Map.of()));
    pipe.untilEstablished();
    assertThat(pipe.server.assurance().forwardSecret()).isTrue();
  }

  @Test
  void certificatesProveBothEnds() throws Exception {
    sameAuthority("server.example");
    ChannelEngine client = certificates(relay).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, certificates(server), RELAYS);

    pipe.untilEstablished();

    assertThat(pipe.server.peer().orElseThrow().peerId()).isEqualTo("relay17");
    assertThat(client.peer().orElseThrow().facts().cipherSuite())
        .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertTalks(client, pipe);
    assertThat(pipe.toServer.subList(0, 8))
        .allMatch(datagram -> datagram.length() <= DatagramQueue.HANDSHAKE_DATAGRAM);
  }

  @Test
  void aCertificateOfAnotherNameIsRefusedWithOneLine() throws Exception {
    sameAuthority("other.example");
    ChannelEngine client = certificates(relay).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, certificates(server), RELAYS);

    pipe.until(
        Duration.ofSeconds(20),
        () -> client.state() == State.FAILED && pipe.server.state() == State.FAILED);

    assertThat(client.failure()).contains("server.example").doesNotContain("\n");
    assertThat(pipe.server.failure()).contains("access_denied");
    assertThat(relay.events()).hasSize(1);
    assertThat(server.events()).hasSize(1);
  }

  @Test
  void aHandshakeSurvivesLossOfEveryKindOfDatagram() throws Exception {
    sameKeys();
    AtomicInteger seen = new AtomicInteger();
    CookiePipe pipe = pipe(keys(relay, Map.of()), keys(server, Map.of()));
    pipe.arrives = datagram -> !Set.of(1, 4, 5, 9, 12).contains(seen.incrementAndGet());

    pipe.untilEstablished();
  }

  /** S-143: the same datagrams of the same sizes, and the same silence (RFC 9146 section 6). */
  @Test
  void anUnknownIdentityFailsAsAWrongKeyDoes() throws Exception {
    sameKeys();
    List<Integer> wrong = sizesOfAnswersTo("relay17#1", 6);
    List<Integer> unknown = sizesOfAnswersTo("relay18#1", 5);

    assertThat(unknown).isEqualTo(wrong).hasSizeGreaterThan(2);
  }

  private List<Integer> sizesOfAnswersTo(String identity, int fill) throws Exception {
    SecurityWorld stranger = new SecurityWorld();
    stranger.withKey("key", identity, key(fill)).withKeyPeer("server", PeerRole.SERVER, "key");
    SecurityWorld asked = new SecurityWorld();
    asked.withKey("key", "relay17#1", key(5)).withKeyPeer("relay17", PeerRole.RELAY, "key");
    ChannelEngine client = keys(stranger, Map.of()).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, keys(asked, Map.of()), RELAYS);
    pipe.until(Duration.ofSeconds(10), () -> hasFinished(pipe.toServer));
    pipe.carry();
    asked.pass(Duration.ofSeconds(11));
    pipe.server.onTimer();
    assertThat(pipe.server.state()).isEqualTo(State.FAILED);
    assertThat(pipe.server.failure()).contains("has another key");
    Await.until(Duration.ofSeconds(5), () -> asked.events().size() == 1);
    assertThat(asked.events()).first().asString().contains("has another key");
    client.close(CloseReason.DONE);
    return pipe.toClient.stream().map(Bytes::length).toList();
  }

  /** Whether something protected was sent. */
  private static boolean hasFinished(List<Bytes> datagrams) {
    return datagrams.stream().anyMatch(each -> each.u16(3) == 1);
  }

  @Test
  void aSilentHandshakeLeavesItsThreadToOthers() throws Exception {
    sameKeys();
    ChannelFactory acceptor = keys(server, Map.of());
    ChannelEngine[] silent = new ChannelEngine[8];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = acceptor.newEngine(HandshakeRole.SERVER, RELAYS);
      silent[i].start();
    }
    HandshakeThreads others = new HandshakeThreads();
    ChannelFactory connector = new DtlsPreSharedKeys(others).open(Profiles.keys(Map.of()), relay);
    CookiePipe pipe = pipe(connector, acceptor);

    pipe.until(Duration.ofSeconds(5), () -> pipe.server != null);
    server.pass(Duration.ofSeconds(3));
    pipe.untilEstablished();

    assertThat(silent)
        .extracting(ChannelEngine::failure)
        .anyMatch(failure -> failure.contains("silent in the middle"));
    acceptor.close();
    others.close();
  }

  @Test
  void goodByeIsHeard() throws Exception {
    sameKeys();
    ChannelEngine client = keys(relay, Map.of()).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, keys(server, Map.of()), RELAYS);
    pipe.untilEstablished();

    client.close(CloseReason.DONE);
    pipe.carry();
    pipe.carry();

    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(pipe.server.state()).isEqualTo(State.CLOSED);
    assertThat(pipe.server.peer()).isEmpty();
    assertThatThrownBy(() -> CookiePipe.say(client, Bytes.of(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aChangedOrRepeatedRecordIsDropped() throws Exception {
    sameKeys();
    ChannelEngine client = keys(relay, Map.of()).newEngine(HandshakeRole.CLIENT, SERVER);
    CookiePipe pipe = new CookiePipe(client, keys(server, Map.of()), RELAYS);
    pipe.untilEstablished();
    CookiePipe.say(client, Bytes.of(1, 2, 3));
    byte[] record = CookiePipe.taken(client).get(0).toArray();
    byte[] changed = record.clone();
    changed[changed.length - 1] ^= 1;

    for (byte[] each : List.of(changed, record, record)) {
      pipe.server.receiveNetwork(java.nio.ByteBuffer.wrap(each));
    }

    assertThat(CookiePipe.heard(pipe.server)).isEqualTo(Bytes.of(1, 2, 3));
    assertThat(CookiePipe.heard(pipe.server)).isEqualTo(Bytes.EMPTY);
    assertThat(pipe.server.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void aProviderThatGoesEndsItsChannelsOnBothSides() throws Exception {
    sameKeys();
    ChannelFactory acceptor = keys(server, Map.of());
    CookiePipe pipe = pipe(keys(relay, Map.of()), acceptor);
    pipe.untilEstablished();
    ChannelEngine waiting = acceptor.newEngine(HandshakeRole.SERVER, RELAYS);
    waiting.start();

    acceptor.close();

    assertThat(pipe.server.state()).isEqualTo(State.FAILED);
    assertThat(pipe.server.peer()).isEmpty();
    assertThat(waiting.state()).isEqualTo(State.FAILED);
    assertThatThrownBy(() -> acceptor.newEngine(HandshakeRole.CLIENT, SERVER))
        .isInstanceOf(IllegalStateException.class);
    pipe.carry();
    pipe.carry();
    assertThat(pipe.client.state()).isEqualTo(State.CLOSED);
  }

  /** S-144: as if the client knew DTLS 1.0 only. */
  @Test
  void dtls10IsRefused() throws Exception {
    sameKeys();
    CookiePipe pipe = pipe(keys(relay, Map.of()), keys(server, Map.of()));
    pipe.onTheWay =
        datagram -> {
          byte[] octets = datagram.toArray();
          octets[CLIENT_VERSION + 1] = (byte) 0xff;
          return Bytes.wrap(octets);
        };

    pipe.until(
        Duration.ofSeconds(10), () -> pipe.server != null && pipe.server.state() == State.FAILED);

    assertThat(pipe.server.failure()).contains("protocol_version", "DTLS 1.2");
  }
}
