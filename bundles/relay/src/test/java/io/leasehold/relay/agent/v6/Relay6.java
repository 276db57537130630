// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent on the interfaces eth1 and eth2, with a server behind eth0. */
final class Relay6 {
  static final Ipv6 CLIENT = Ipv6.ofText("fe80::a8bb:ccff:fe00:1");
  static final Ipv6 OWN = Ipv6.ofText("2001:db8:1::1");
  static final Ipv6 OWN_LINK_LOCAL = Ipv6.ofText("fe80::1");
  static final Ipv6 SERVER = Ipv6.ofText("2001:db8::547");

  /** A Solicit without options but its own elapsed time. */
  static final Bytes SOLICIT = Bytes.ofHex("010a0b0c000800020000");

  static final Bytes REPLY = Bytes.ofHex("070a0b0c00020004aabbccdd");

  final RelaySettings settings;
  final Dhcp6Agent agent;

  private Relay6(LinkScope scope, ClientWatch watch, String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("interfaces", "eth1 eth2");
    file.put("upstream", "udp://[2001:db8::547]");
    file.put("upstream.interfaces", "eth0");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    Keys keys = Keys.of(file);
    settings = SettingsReader.read("test", keys);
    Dhcp6Settings own = Dhcp6Settings.read(settings, keys);
    assertThat(keys.problems()).isEmpty();
    agent = new Dhcp6Agent(own, scope, watch);
  }

  static Relay6 with(String... lines) {
    return new Relay6((peer, link) -> true, ClientWatch.NONE, lines);
  }

  static Relay6 with(LinkScope scope, ClientWatch watch, String... lines) {
    return new Relay6(scope, watch, lines);
  }

  static Arrival from(Side side, String interfaceName, Ipv6 remote, int port) {
    return new Arrival(
        side,
        interfaceName,
        List.of(OWN_LINK_LOCAL, OWN),
        side == Side.CLIENTS ? Dhcp6Agent.GROUP : OWN_LINK_LOCAL,
        remote,
        port,
        Optional.empty(),
        Assurance.NONE);
  }

  static Arrival fromPeer(AuthenticatedPeer peer, Ipv6 remote) {
    return new Arrival(
        Side.BELOW,
        "",
        List.of(),
        Ipv6.UNSPECIFIED,
        remote,
        40000,
        Optional.of(peer),
        Assurance.PRIVATE);
  }

  List<Effect> fromClient(Bytes message) {
    return agent.arrived(message, from(Side.CLIENTS, "eth1", CLIENT, 546), 0);
  }

  List<Effect> fromRelay(Bytes message, Ipv6 relay, int port) {
    return agent.arrived(message, from(Side.CLIENTS, "eth1", relay, port), 0);
  }

  List<Effect> fromServer(RelayMessage reply) {
    return agent.arrived(reply.encode(), from(Side.UPSTREAM, "eth0", SERVER, 547), 0);
  }

  /** The message that goes upstream; fails if there is none. */
  static RelayMessage forwarded(List<Effect> effects) {
    return RelayMessage.decode(upstream(effects).message());
  }

  static Effect.ToUpstream upstream(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.ToUpstream.class::isInstance)
        .map(Effect.ToUpstream.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError(effects.toString()));
  }

  /** A Relay-forward of another relay agent. */
  static RelayMessage forward(int hopCount, Ipv6 link, Bytes inner) {
    return RelayMessage.forward(
        hopCount, link, CLIENT, Options.builder().add(Dhcp6OptionCode.RELAY_MSG, inner).build());
  }

  /** A Relay-reply that brings options of the agent back, as servers do. */
  static RelayMessage answer(RelayMessage forwarded, Bytes inner) {
    Options.Builder options = Options.builder();
    for (int code : new int[] {Dhcp6OptionCode.INTERFACE_ID, Dhcp6OptionCode.RELAY_PORT}) {
      forwarded.options().raw(code).ifPresent(value -> options.add(code, value));
    }
    options.add(Dhcp6OptionCode.RELAY_MSG, inner);
    return RelayMessage.reply(
        forwarded.hopCount(), forwarded.linkAddress(), forwarded.peerAddress(), options.build());
  }
}
