// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import static io.leasehold.relay.agent.v6.Relay6.CLIENT;
import static io.leasehold.relay.agent.v6.Relay6.REPLY;
import static io.leasehold.relay.agent.v6.Relay6.SOLICIT;
import static io.leasehold.relay.agent.v6.Relay6.forwarded;
import static io.leasehold.relay.agent.v6.Relay6.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.relay.agent.CommonDrop;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.transport.Destination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 6221, as far as sockets let one follow it. */
final class LightweightTest {
  private static final Ipv6 ROUTER = Ipv6.ofText("fe80::99");

  private final Relay6 relay = Relay6.with("mode = ldra");

  @Test
  void theLinkIsUnspecifiedAndTheInterfaceIdThere() {
    RelayMessage message = forwarded(relay.fromClient(SOLICIT));

    assertThat(message.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);
    assertThat(message.peerAddress()).isEqualTo(CLIENT);
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID).toUtf8())
        .isEqualTo("eth1");
  }

  @Test
  void withoutAnInterfaceIdItDoesNotStart() {
    Keys keys =
        Keys.of(
            Map.of(
                "mode", "ldra",
                "interfaces", "eth1",
                "upstream.interfaces", "eth0",
                "interface.id", "none"));
    Dhcp6Settings.read(SettingsReader.read("test", keys), keys);

    assertThat(keys.problems()).hasSize(1).first().asString().contains("mode is ldra");
  }

  @Test
  void onlyWhatIsSentToTheGroupIsTaken() {
    Arrival group = from(Side.CLIENTS, "eth1", CLIENT, 546);
    Arrival unicast =
        new Arrival(
            Side.CLIENTS,
            "eth1",
            group.interfaceAddresses(),
            Relay6.OWN,
            CLIENT,
            546,
            group.peer(),
            group.assurance());

    assertThat(relay.agent.arrived(SOLICIT, unicast, 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.NOT_TO_GROUP));
  }

  @Test
  void relayForwardIsForTrustedInterfaces() {
    Bytes message = Relay6.forward(0, Ipv6.UNSPECIFIED, SOLICIT).encode();

    assertThat(relay.fromRelay(message, ROUTER, 547))
        .containsExactly(new Effect.Drop(Dhcp6Drop.UNTRUSTED));
    RelayMessage wrapped =
        forwarded(Relay6.with("mode = ldra", "trusted = true").fromRelay(message, ROUTER, 547));
    assertThat(wrapped.hopCount()).isEqualTo(1);
    assertThat(wrapped.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);
  }

  @Test
  void messagesOfServersAreDropped() {
    for (int type : new int[] {2, 7, 10, 13}) {
      assertThat(relay.fromClient(Bytes.of(type, 0, 0, 0)))
          .contains(new Effect.Drop(Dhcp6Drop.SERVER_MESSAGE));
    }
  }

  @Test
  void repliesAreCheckedBeforeTheyAreBridged() {
    RelayMessage right = reply(Ipv6.UNSPECIFIED, CLIENT, "eth1");
    List<Effect> refused = List.of(new Effect.Drop(Dhcp6Drop.NOT_FOR_LDRA));

    assertThat(fromNetwork(right, ROUTER))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(CLIENT, 546), REPLY));
    assertThat(fromNetwork(right, Relay6.SERVER)).isEqualTo(refused);
    assertThat(fromNetwork(reply(Relay6.OWN, CLIENT, "eth1"), ROUTER)).isEqualTo(refused);
    assertThat(fromNetwork(reply(Ipv6.UNSPECIFIED, Relay6.OWN, "eth1"), ROUTER)).isEqualTo(refused);
    assertThat(fromNetwork(reply(Ipv6.UNSPECIFIED, CLIENT, "eth7"), ROUTER)).isEqualTo(refused);
    assertThat(relay.agent.arrived(SOLICIT, from(Side.UPSTREAM, "eth0", ROUTER, 547), 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.NOT_A_REPLY));
  }

  @Test
  void whatWouldNotFitIntoAFrameIsDropped() {
    Bytes fits = Bytes.wrap(new byte[1452 - 34 - 4 - 8]);
    Bytes over = Bytes.wrap(new byte[1452 - 34 - 4 - 8 + 1]);

    assertThat(forwarded(relay.fromClient(fits)).relayed()).contains(fits);
    assertThat(relay.fromClient(over)).containsExactly(new Effect.Drop(CommonDrop.TOO_LARGE));
  }

  private List<Effect> fromNetwork(RelayMessage reply, Ipv6 sender) {
    return relay.agent.arrived(reply.encode(), from(Side.UPSTREAM, "eth0", sender, 547), 0);
  }

  private static RelayMessage reply(Ipv6 link, Ipv6 peer, String interfaceId) {
    return RelayMessage.reply(
        0,
        link,
        peer,
        Options.builder()
            .add(Dhcp6OptionCode.INTERFACE_ID, Bytes.ofUtf8(interfaceId))
            .add(Dhcp6OptionCode.RELAY_MSG, REPLY)
            .build());
  }
}
