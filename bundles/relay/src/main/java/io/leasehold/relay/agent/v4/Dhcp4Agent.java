// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.configuration.Keys;
import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.DropReason;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.RelaySettings;
import java.util.List;
import java.util.Optional;

/**
 * A relay agent of DHCPv4. It remembers two things and loses nothing with them: the address of each
 * interface, and the way to each relay agent that is farther from the server. Any thread.
 */
public final class Dhcp4Agent implements Agent {
  private final Dhcp4Settings settings;
  private final RelayAddresses addresses;
  private final RelaysBelow below;
  private final Requests requests;
  private final Replies replies;

  private Dhcp4Agent(Dhcp4Settings settings, LinkScope scope) {
    this.settings = settings;
    this.addresses = new RelayAddresses(settings.interfaces());
    this.below = new RelaysBelow();
    this.requests = new Requests(settings, addresses, below, scope);
    this.replies = new Replies(settings, addresses, below);
  }

  /**
   * One with the settings that it shares with DHCPv6, and its own ones from the same file. What is
   * wrong with those is noted in the keys; then it is not for use.
   *
   * @param scope which relay agents may speak for which links, if they have proved who they are
   */
  public static Dhcp4Agent of(RelaySettings common, Keys keys, LinkScope scope) {
    return new Dhcp4Agent(Dhcp4Settings.read(common, keys), scope);
  }

  /** What it counts. */
  public static DropReason[] reasons() {
    return Reason.values();
  }

  @Override
  public Application application() {
    return Application.DHCPV4_RELAY;
  }

  @Override
  public List<Ipv6> groups() {
    return List.of();
  }

  @Override
  public boolean isForUs(Bytes message) {
    return !message.isEmpty() && message.at(0) == Dhcp4Message.BOOT_REPLY;
  }

  @Override
  public boolean begins(Bytes message) {
    return MessageOctets.type(message) == Dhcp4MessageType.DISCOVER;
  }

  @Override
  public List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis) {
    return arrival.side() == Arrival.Side.UPSTREAM
        ? replies.decide(message)
        : requests.decide(message, arrival, nowMillis);
  }

  @Override
  public Bytes withoutAccessIdentifiers(Bytes message) {
    Options all = MessageOctets.agentOption(message).map(AgentOption::decode).orElse(Options.EMPTY);
    Options rest = AgentOption.withoutAccessIdentifiers(all);
    return rest == all ? message : MessageOctets.withAgentOption(message, AgentOption.encode(rest));
  }

  @Override
  public void learnFrom(Agent before) {
    if (before instanceof Dhcp4Agent other) {
      addresses.learnFrom(other.addresses);
      below.learnFrom(other.below, settings);
    }
  }

  @Override
  public Optional<Ipv6> linkAddress(String interfaceName) {
    return addresses.of(interfaceName).map(Ipv6::mapped);
  }
}
