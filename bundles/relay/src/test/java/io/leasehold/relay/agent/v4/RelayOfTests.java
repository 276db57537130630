// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A relay agent between clients on eth1 and eth2 and a server, without any network. */
final class RelayOfTests {
  static final Ipv4 ETH1 = Ipv4.ofText("192.0.2.1");
  static final Ipv4 ETH2 = Ipv4.ofText("198.51.100.1");
  static final Ipv4 BELOW = Ipv4.ofText("203.0.113.7");
  static final Ipv4 SERVER = Ipv4.ofText("10.0.0.9");
  static final HardwareAddress CLIENT = HardwareAddress.ofText("02:00:00:00:00:aa");
  static final Assurance PRIVATE = Assurance.PRIVATE;

  private final Dhcp4Agent agent;
  private long nowMillis = 1_000_000;

  private RelayOfTests(Dhcp4Agent agent) {
    this.agent = agent;
  }

  /** With keys and values in turn, beside those that every relay agent here has. */
  static RelayOfTests with(String... keysAndValues) {
    Keys keys = keys(keysAndValues);
    RelayOfTests relay = new RelayOfTests(agent(keys, (peer, link) -> true));
    assertThat(keys.problems()).isEmpty();
    return relay;
  }

  static RelayOfTests scoped(LinkScope scope, String... keysAndValues) {
    return new RelayOfTests(agent(keys(keysAndValues), scope));
  }

  /** What is wrong with the keys. */
  static List<String> problems(String... keysAndValues) {
    Keys keys = keys(keysAndValues);
    agent(keys, (peer, link) -> true);
    return keys.problems();
  }

  private static Dhcp4Agent agent(Keys keys, LinkScope scope) {
    RelaySettings common = SettingsReader.read("campus", keys);
    return Dhcp4Agent.of(common, keys, scope);
  }

  private static Keys keys(String... keysAndValues) {
    Map<String, String> values = new TreeMap<>();
    values.put("family", "ipv4");
    values.put("interfaces", "eth1 eth2");
    values.put("upstream", "udp://10.0.0.9");
    values.put("upstream.interfaces", "eth0");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Keys.of(values);
  }

  /** The relay agent that takes the place of this one when the configuration changes. */
  RelayOfTests changed(String... keysAndValues) {
    RelayOfTests next = with(keysAndValues);
    next.agent.learnFrom(agent);
    return next;
  }

  Dhcp4Agent agent() {
    return agent;
  }

  void later(long millis) {
    nowMillis += millis;
  }

  /** What becomes of a broadcast of a client. */
  List<Effect> client(String interfaceName, Bytes message) {
    return arrived(message, onLink(interfaceName, Ipv4.UNSPECIFIED, Ipv4.BROADCAST, 68));
  }

  /** What becomes of a datagram of a relay agent. */
  List<Effect> relay(Bytes message, int port) {
    return arrived(message, onLink("eth1", BELOW, ETH1, port));
  }

  /** What becomes of a message on a connection of a relay agent. */
  List<Effect> below(Bytes message, String peer, Assurance assurance) {
    AuthenticatedPeer known =
        new AuthenticatedPeer(
            peer,
            Set.of(PeerRole.RELAY),
            "tls-psk",
            new ChannelFacts("", "", "", "", "", Instant.EPOCH));
    return arrived(
        message,
        new Arrival(
            Arrival.Side.BELOW,
            "",
            List.of(),
            Ipv6.mapped(ETH1),
            Ipv6.mapped(BELOW),
            40_000,
            Optional.of(known),
            assurance));
  }

  List<Effect> server(Bytes message) {
    return arrived(
        message,
        new Arrival(
            Arrival.Side.UPSTREAM,
            "eth0",
            List.of(Ipv6.ofText("10.0.0.1")),
            Ipv6.mapped(ETH1),
            Ipv6.mapped(SERVER),
            67,
            Optional.empty(),
            Assurance.NONE));
  }

  List<Effect> arrived(Bytes message, Arrival arrival) {
    return agent.arrived(message, arrival, nowMillis);
  }

  static Arrival onLink(String interfaceName, Ipv4 from, Ipv4 to, int port) {
    Ipv4 own = interfaceName.equals("eth1") ? ETH1 : ETH2;
    return new Arrival(
        Arrival.Side.CLIENTS,
        interfaceName,
        List.of(Ipv6.mapped(Ipv4.ofText("127.0.0.1")), Ipv6.mapped(own)),
        Ipv6.mapped(to),
        Ipv6.mapped(from),
        port,
        Optional.empty(),
        Assurance.NONE);
  }

  static Dhcp4Message.Builder request(int type, Option... more) {
    return message(Dhcp4Message.BOOT_REQUEST, type, more);
  }

  static Dhcp4Message.Builder reply(int type, Option... more) {
    return message(Dhcp4Message.BOOT_REPLY, type, more);
  }

  private static Dhcp4Message.Builder message(int op, int type, Option... more) {
    Options.Builder options = Options.builder();
    options.add(Dhcp4OptionCode.MESSAGE_TYPE, Bytes.of(type));
    for (Option each : more) {
      options.add(each);
    }
    return Dhcp4Message.builder()
        .op(op)
        .hardware(CLIENT)
        .transactionId(0x1234)
        .options(options.build());
  }

  static Option option82(String hex) {
    return new Option(Dhcp4OptionCode.RELAY_AGENT_INFO, Bytes.ofHex(hex));
  }

  /** The message that goes to servers; nothing else may. */
  static Dhcp4Message upstream(List<Effect> effects) {
    return Dhcp4Message.decode(upstreamOctets(effects));
  }

  static Bytes upstreamOctets(List<Effect> effects) {
    return only(effects, Effect.ToUpstream.class).message();
  }

  static Effect.ToClient toClient(List<Effect> effects) {
    return only(effects, Effect.ToClient.class);
  }

  static <T extends Effect> T only(List<Effect> effects, Class<T> kind) {
    List<T> found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).as("%s of %s", kind.getSimpleName(), effects).hasSize(1);
    return found.get(0);
  }

  /** The reason for which nothing is sent. */
  static Reason dropped(List<Effect> effects) {
    assertThat(effects)
        .noneMatch(
            each ->
                each instanceof Effect.ToUpstream
                    || each instanceof Effect.ToClient
                    || each instanceof Effect.ToBelow);
    return (Reason) only(effects, Effect.Drop.class).reason();
  }

  /** The relay agent's option as hexadecimal digits; empty if there is none. */
  static String option82(Dhcp4Message message) {
    return message.options().rawOrEmpty(Dhcp4OptionCode.RELAY_AGENT_INFO).toHex();
  }
}
