// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.testkit.security.ChannelProviderContract;
import io.leasehold.testkit.security.EnginePipe;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both providers of TLS promise beside the contract. */
abstract class StreamContract extends ChannelProviderContract {
  /** The usual profile of a side with another policy. */
  abstract ChannelProfile profile(HandshakeRole role, boolean tls12, PostQuantum pq);

  @Override
  protected ChannelProfile profile(HandshakeRole role) {
    return profile(role, false, PostQuantum.PREFER);
  }

  final ChannelEngine engine(HandshakeRole role, boolean tls12, PostQuantum pq) {
    return open(profile(role, tls12, pq), role)
        .newEngine(role, role == HandshakeRole.CLIENT ? SERVER : RELAYS);
  }

  /** S-148. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1400})
  void piecesOfAnySizeMakeAChannel(int octets) {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    EnginePipe pipe = EnginePipe.streamOf(octets, client, server).run();
    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
    Bytes large = Bytes.wrap(new byte[40_000]);
    EnginePipe.say(server, large);
    EnginePipe.say(server, large);
    pipe.run();
    assertThat(pipe.heard(client).length()).isEqualTo(80_000);
  }

  /** S-148: the first message comes with the last octets of the handshake. */
  @Test
  void aMessageMayComeTogetherWithTheEndOfTheHandshake() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    server.start();
    client.start();
    ByteBuffer wire = ByteBuffer.allocate(65_536);
    client.takeNetwork(wire);
    server.receiveNetwork(wire.flip());
    server.takeNetwork(wire.clear());
    client.receiveNetwork(wire.flip());
    assertThat(client.state()).isEqualTo(State.ESTABLISHED);
    EnginePipe.say(client, Bytes.ofUtf8("early bird"));
    client.close(CloseReason.DONE);
    wire.clear();
    while (client.takeNetwork(wire) > 0) {
      // All of it goes in one piece.
    }
    server.receiveNetwork(wire.flip());

    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
    assertThat(server.peer()).isPresent();
    ByteBuffer heard = ByteBuffer.allocate(100);
    server.takeApplication(heard);
    assertThat(Bytes.copyOf(heard.flip())).isEqualTo(Bytes.ofUtf8("early bird"));
    assertThat(server.state()).isIn(State.CLOSING, State.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "PREFER, PREFER, X25519MLKEM768, true",
    "REQUIRE, PREFER, X25519MLKEM768, true",
    "PREFER, REQUIRE, X25519MLKEM768, true",
    "OFF, PREFER, x25519, false",
    "PREFER, OFF, x25519, false"
  })
  void thePolicyDecidesTheGroup(
      PostQuantum client, PostQuantum server, String group, boolean hybrid) {
    ChannelEngine one = engine(HandshakeRole.CLIENT, false, client);
    ChannelEngine two = engine(HandshakeRole.SERVER, false, server);
    pipe(one, two).run();
    for (ChannelEngine engine : new ChannelEngine[] {one, two}) {
      assertThat(engine.peer().orElseThrow().facts().group()).isEqualTo(group);
      assertThat(engine.peer().orElseThrow().facts().protocol()).isEqualTo("TLSv1.3");
      assertThat(engine.assurance().pqHybrid()).isEqualTo(hybrid);
      assertThat(engine.assurance().forwardSecret()).isTrue();
    }
  }

  /** S-142. */
  @Test
  void requiredHybridRefusesClassicalPeers() {
    ChannelEngine client = engine(HandshakeRole.CLIENT, false, PostQuantum.OFF);
    ChannelEngine server = engine(HandshakeRole.SERVER, false, PostQuantum.REQUIRE);
    pipe(client, server).run();
    refusedWithOneLine(server, serverWorld, "pq is require");
    refusedWithOneLine(client, clientWorld, "pq is off");

    ChannelEngine strict = engine(HandshakeRole.CLIENT, false, PostQuantum.REQUIRE);
    ChannelEngine classical = engine(HandshakeRole.SERVER, false, PostQuantum.OFF);
    pipe(strict, classical).run();
    assertThat(strict.state()).isEqualTo(State.FAILED);
    assertThat(classical.state()).isEqualTo(State.FAILED);
  }

  @Test
  void version12IsForThoseWhoAskForIt() {
    ChannelEngine client = engine(HandshakeRole.CLIENT, true, PostQuantum.PREFER);
    ChannelEngine server = engine(HandshakeRole.SERVER, true, PostQuantum.PREFER);
    pipe(client, server).run();
    assertThat(server.peer().orElseThrow().facts().protocol()).isEqualTo("TLSv1.3");
  }

  /** RFC 8446 section 4.1.3: whoever takes 1.3 out of the offer is found out at once. */
  @Test
  void aVersionThatWasTakenOutOnTheWayIsMissed() {
    ChannelEngine client = engine(HandshakeRole.CLIENT, true, PostQuantum.PREFER);
    ChannelEngine server = engine(HandshakeRole.SERVER, true, PostQuantum.PREFER);
    server.start();
    client.start();
    ByteBuffer wire = ByteBuffer.allocate(65_536);
    client.takeNetwork(wire);
    String hello = Bytes.copyOf(wire.flip()).toHex();
    String both = "002b0005" + "0403040303";
    assertThat(hello).contains(both);
    Bytes only12 = Bytes.ofHex(hello.replace(both, "002b0005" + "0403030303"));
    server.receiveNetwork(ByteBuffer.wrap(only12.toArray()));
    assertThat(server.state()).isEqualTo(State.HANDSHAKING);
    server.takeNetwork(wire.clear());
    client.receiveNetwork(wire.flip());
    refusedWithOneLine(client, clientWorld, "illegal_parameter");
  }

  @Test
  void whatIsSpokenIsAgreedOn() {
    ChannelEngine client =
        open(HandshakeRole.CLIENT)
            .newEngine(HandshakeRole.CLIENT, SERVER.speaking("dhcpv6-relay/1"));
    ChannelEngine server =
        open(HandshakeRole.SERVER)
            .newEngine(HandshakeRole.SERVER, RELAYS.speaking("dhcpv6-relay/1"));
    pipe(client, server).run();
    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void whoSpeaksSomethingElseIsRefused() {
    ChannelEngine client =
        open(HandshakeRole.CLIENT)
            .newEngine(HandshakeRole.CLIENT, SERVER.speaking("dhcpv4-relay/1"));
    ChannelEngine server =
        open(HandshakeRole.SERVER)
            .newEngine(HandshakeRole.SERVER, RELAYS.speaking("dhcpv6-relay/1"));
    pipe(client, server).run();
    refusedWithOneLine(server, serverWorld, "dhcpv6-relay/1");
    refusedWithOneLine(client, clientWorld, "no_application_protocol");
  }

  @Test
  void whoDoesNotSayWhatItSpeaksIsAccepted() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server =
        open(HandshakeRole.SERVER)
            .newEngine(HandshakeRole.SERVER, RELAYS.speaking("dhcpv6-relay/1"));
    pipe(client, server).run();
    assertThat(server.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void endlessHandshakesAreCutOff() {
    ChannelEngine server = engine(HandshakeRole.SERVER);
    server.start();
    // Empty handshake records keep a naive reader waiting for ever.
    ByteBuffer part = ByteBuffer.allocate(4 + 5 + 8_192);
    part.put(new byte[] {0x16, 3, 1, 0x20, 0x04, 1, 0, 0x7f, (byte) 0xff});
    int sent = 0;
    while (server.state() == State.HANDSHAKING && sent < 200_000) {
      server.receiveNetwork(ByteBuffer.wrap(part.array()));
      sent += part.capacity();
    }
    assertThat(server.state()).isEqualTo(State.FAILED);
    assertThat(sent).isLessThanOrEqualTo(65_536 + part.capacity());
  }

  @Test
  void aChangedOctetEndsTheChannel() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    ChannelEngine server = engine(HandshakeRole.SERVER);
    pipe(client, server).run();
    EnginePipe.say(client, Bytes.ofUtf8("do not touch"));
    ByteBuffer wire = ByteBuffer.allocate(1000);
    client.takeNetwork(wire);
    wire.flip();
    wire.put(wire.limit() - 1, (byte) (wire.get(wire.limit() - 1) ^ 1));
    server.receiveNetwork(wire);
    assertThat(server.state()).isEqualTo(State.FAILED);
    assertThat(server.failure()).contains("bad_record_mac");
    assertThat(server.takeApplication(ByteBuffer.allocate(100))).isZero();
    assertThat(serverWorld.events()).anyMatch(e -> e.startsWith("channel-failed r17 "));
  }
}
