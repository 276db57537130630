// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.testkit.Await;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChannelSecurityProvider} promises whose channels have engines. The client is
 * the relay agent {@code r17}, the server is {@code server1}; each has the other in its directory,
 * in the role of {@link PeerRole#RELAY} and {@link PeerRole#SERVER}. A subclass gives the
 * credentials.
 */
public abstract class ChannelProviderContract {
  /** Whom a client expects. */
  protected static final PeerSelector SERVER = PeerSelector.only("server1", PeerRole.SERVER);

  /** Whom a server expects. */
  protected static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);

  /** What surrounds the client. */
  protected final SecurityWorld clientWorld = new SecurityWorld();

  /** What surrounds the server. */
  protected final SecurityWorld serverWorld = new SecurityWorld();

  private final List<ChannelFactory> factories = new ArrayList<>();

  /** The provider under test. */
  protected abstract ChannelSecurityProvider provider();

  /** The profile of one side; its credentials are in that side's world. */
  protected abstract ChannelProfile profile(HandshakeRole role);

  /** Takes away from a world what proves one side; afterwards no handshake can succeed. */
  protected abstract void spoil(SecurityWorld world, HandshakeRole role);

  /** Whether channels run over datagrams. */
  protected final boolean isDatagrams() {
    return provider().carriers().contains(Carrier.DATAGRAM);
  }

  /** A profile of the provider, with what tests like to change. */
  protected final ChannelProfile profile(
      List<String> credentials, String trust, boolean tls12, PostQuantum pq) {
    return new ChannelProfile(
        "hq",
        provider().name(),
        tls12,
        pq,
        credentials,
        trust,
        Revocation.SOFT,
        Duration.ofSeconds(10),
        Map.of());
  }

  @AfterEach
  void closeFactories() {
    factories.forEach(ChannelFactory::close);
  }

  /** Opens a profile on one side; it is closed with the test. */
  protected final ChannelFactory open(ChannelProfile profile, HandshakeRole role) {
    try {
      ChannelFactory factory =
          provider().open(profile, role == HandshakeRole.CLIENT ? clientWorld : serverWorld);
      factories.add(factory);
      return factory;
    } catch (ProfileRejectedException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens the usual profile on one side. */
  protected final ChannelFactory open(HandshakeRole role) {
    return open(profile(role), role);
  }

  /** An engine of the usual profile, expecting the other side. */
  protected final ChannelEngine engine(HandshakeRole role) {
    return open(role).newEngine(role, role == HandshakeRole.CLIENT ? SERVER : RELAYS);
  }

  /** A pipe between two engines, of the carrier of the provider. */
  protected final EnginePipe pipe(ChannelEngine client, ChannelEngine server) {
    return isDatagrams() ? EnginePipe.datagrams(client, server) : EnginePipe.stream(client, server);
  }

  @Test
  void bothEndsKnowEachOther() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    assertThat(client.peer()).isEmpty();
    assertThat(server.assurance()).isEqualTo(Assurance.NONE);

    pipe(client, server).run();

    assertThat(client.failure()).isEmpty();
    assertThat(server.failure()).isEmpty();
    assertThat(client.state()).isEqualTo(State.ESTABLISHED);
    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
    AuthenticatedPeer relay = server.peer().orElseThrow();
    assertThat(relay.peerId()).isEqualTo("r17");
    assertThat(relay.mechanism()).isEqualTo(provider().name());
    assertThat(relay.facts().cipherSuite()).startsWith("TLS_");
    assertThat(client.peer().orElseThrow().peerId()).isEqualTo("server1");
    assertThat(server.assurance().covers(Assurance.PRIVATE)).isTrue();
    assertThat(provider().maximumAssurance().covers(server.assurance())).isTrue();
    assertThat(clientWorld.used()).hasSize(1);
    assertThat(serverWorld.used()).hasSize(1);
  }

  @Test
  void octetsPassBothWaysAndNobodyReadsThem() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    EnginePipe pipe = pipe(client, server).run();

    Bytes question = Bytes.ofUtf8("a relayed message that nobody else may read ".repeat(20));
    EnginePipe.say(client, question);
    pipe.run();
    assertThat(pipe.heard(server)).isEqualTo(question);
    Bytes answer = Bytes.ofUtf8("and its answer");
    EnginePipe.say(server, answer);
    pipe.run();
    assertThat(pipe.heard(client)).isEqualTo(answer);

    assertThat(pipe.toServer().toString()).doesNotContain(Bytes.ofUtf8("nobody else").toHex());
    assertThat(pipe.toClient().toString()).doesNotContain(answer.toHex());
  }

  @Test
  void nothingIsSentBeforeThePeerIsKnown() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    client.start();
    assertThatThrownBy(() -> EnginePipe.say(client, Bytes.ofUtf8("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(client.takeApplication(ByteBuffer.allocate(10))).isZero();
  }

  @Test
  void aPeerOfAnotherRoleIsRefused() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server =
        open(HandshakeRole.SERVER)
            .newEngine(HandshakeRole.SERVER, PeerSelector.anyOf(PeerRole.FAILOVER_PARTNER));
    pipe(client, server).run();
    refusedWithOneLine(server, serverWorld, "failover-partner");
  }

  @Test
  void withoutTheRightProofNobodyGetsIn() {
    spoil(clientWorld, HandshakeRole.CLIENT);
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    pipe(client, server).run();
    refusedWithOneLine(server, serverWorld, "");
    assertThat(client.state()).isEqualTo(State.FAILED);
    assertThat(client.failure()).isNotEmpty();
  }

  @Test
  void aServerThatProvesNothingIsRefused() {
    spoil(serverWorld, HandshakeRole.SERVER);
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    pipe(client, server).run();
    refusedWithOneLine(client, clientWorld, "");
  }

  /** The engine has failed, says why in one line, and the audit knows it. */
  protected final void refusedWithOneLine(
      ChannelEngine engine, SecurityWorld world, String saying) {
    assertThat(engine.state()).isEqualTo(State.FAILED);
    assertThat(engine.peer()).isEmpty();
    assertThat(engine.assurance()).isEqualTo(Assurance.NONE);
    assertThat(engine.failure())
        .contains(saying)
        .doesNotContain("\n", "Exception")
        .hasSizeBetween(20, 400);
    assertThat(world.events())
        .anyMatch(e -> e.startsWith("handshake-failed ") && e.endsWith(engine.failure()));
    assertThatThrownBy(() -> EnginePipe.say(engine, Bytes.ofUtf8("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNoHandshakeIsRefusedAndThrowsNothing() {
    for (Bytes noise :
        List.of(
            Bytes.ofUtf8("GET / HTTP/1.0\r\n\r\n"),
            Bytes.of(0x16, 3, 1, 0xff, 0xff, 1),
            Bytes.of(0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff),
            Bytes.of(0x17, 3, 3, 0, 1, 0),
            Bytes.wrap(new byte[100]))) {
      ChannelEngine server = engine(HandshakeRole.SERVER);
      server.start();
      server.receiveNetwork(ByteBuffer.wrap(noise.toArray()));
      server.receiveNetwork(ByteBuffer.wrap(new byte[2000]));
      assertThat(server.state()).isIn(State.HANDSHAKING, State.FAILED);
      assertThat(server.peer()).isEmpty();
      server.close(CloseReason.DONE);
    }
  }

  /** S-149. */
  @Test
  void aThousandHandshakesThatFailLeaveNothingBehind() {
    ChannelFactory factory = open(HandshakeRole.SERVER);
    List<WeakReference<ChannelEngine>> failed = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ChannelEngine server = factory.newEngine(HandshakeRole.SERVER, RELAYS);
      server.start();
      server.receiveNetwork(ByteBuffer.wrap(Bytes.ofUtf8("GET / HTTP/1.0\r\n\r\n").toArray()));
      server.close(CloseReason.VIOLATION);
      failed.add(new WeakReference<>(server));
    }
    Await.until(
        Duration.ofSeconds(30),
        () -> {
          System.gc();
          return failed.stream().allMatch(engine -> engine.refersTo(null));
        });

    ChannelEngine server = factory.newEngine(HandshakeRole.SERVER, RELAYS);
    pipe(engine(HandshakeRole.CLIENT), server).run();
    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void whoIsSlowIsGivenUp() {
    ChannelEngine server = engine(HandshakeRole.SERVER);
    server.start();
    serverWorld.pass(Duration.ofSeconds(9));
    server.onTimer();
    assertThat(server.state()).isEqualTo(State.HANDSHAKING);
    assertThat(server.nextTimerNanos()).isPresent();
    serverWorld.pass(Duration.ofSeconds(1));
    server.onTimer();
    refusedWithOneLine(server, serverWorld, "10 s");
  }

  @Test
  void anEndInGoodOrderIsSeenByBoth() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    EnginePipe pipe = pipe(client, server).run();
    client.close(CloseReason.DONE);
    assertThat(client.state()).isIn(State.CLOSING, State.CLOSED);
    pipe.runUntil(() -> server.state() == State.CLOSED);
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(server.state()).isEqualTo(State.CLOSED);
    assertThat(server.failure()).isEmpty();
    assertThat(server.peer()).isEmpty();
  }

  @Test
  void whileDrainingOldChannelsLiveAndNoNewOnesAreMade() {
    ChannelFactory factory = open(HandshakeRole.SERVER);
    ChannelEngine server = factory.newEngine(HandshakeRole.SERVER, RELAYS);
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    EnginePipe pipe = pipe(client, server).run();
    factory.drain(Duration.ofSeconds(30));
    assertThatThrownBy(() -> factory.newEngine(HandshakeRole.SERVER, RELAYS))
        .isInstanceOf(IllegalStateException.class);
    EnginePipe.say(client, Bytes.ofUtf8("still here"));
    pipe.run();
    assertThat(pipe.heard(server)).isEqualTo(Bytes.ofUtf8("still here"));

    factory.close();
    assertThat(server.state()).isIn(State.FAILED, State.CLOSING, State.CLOSED);
    assertThat(server.peer()).isEmpty();
  }

  @Test
  void healthSaysWhatIsMissing() {
    assertThat(open(HandshakeRole.SERVER).health()).isEqualTo(Health.READY);
    ChannelFactory nothing =
        open(
            profile(
                List.of("absent"),
                profile(HandshakeRole.SERVER).trust(),
                false,
                PostQuantum.PREFER),
            HandshakeRole.SERVER);
    assertThat(nothing.health().usable()).isFalse();
    assertThat(nothing.health().reason()).contains("absent");
  }

  @Test
  void profilesThatContradictThemselvesAreRejected() {
    ChannelProfile usual = profile(HandshakeRole.SERVER);
    ChannelProfile misspelt =
        new ChannelProfile(
            usual.name(),
            usual.provider(),
            false,
            usual.pq(),
            usual.credentials(),
            usual.trust(),
            usual.revocation(),
            usual.handshakeTimeout(),
            Map.of("gruops", "x25519"));
    assertThatThrownBy(() -> provider().open(misspelt, serverWorld))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("'gruops'")
        .hasMessageContaining("accepted are");
  }
}
