// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.DropReason;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.LinkScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A DHCPv6 relay agent. Keeps no state but the addresses of interfaces it has seen. */
public final class Dhcp6Agent implements Agent {
  /** All_DHCP_Relay_Agents_and_Servers (RFC 8415 section 7.1). */
  static final Ipv6 GROUP = Ipv6.ofText("ff02::1:2");

  private final Forwarding forwarding;
  private final Returning returning;
  private final Dhcp6Settings settings;

  /** As last seen; bounded by the number of interfaces that are configured. */
  private final Map<String, Ipv6> links = new ConcurrentHashMap<>();

  /**
   * An agent.
   *
   * @param scope for which links relay agents may speak that have proved who they are
   * @param watch sees what clients and servers say
   */
  public Dhcp6Agent(Dhcp6Settings settings, LinkScope scope, ClientWatch watch) {
    this.settings = settings;
    this.forwarding = new Forwarding(settings, scope, watch, links);
    this.returning = new Returning(settings, watch, links);
  }

  /** What it counts. */
  public static DropReason[] reasons() {
    return Dhcp6Drop.values();
  }

  @Override
  public Application application() {
    return Application.DHCPV6_RELAY;
  }

  @Override
  public List<Ipv6> groups() {
    return List.of(GROUP);
  }

  @Override
  public boolean isForUs(Bytes message) {
    return !message.isEmpty() && message.at(0) == Dhcp6MessageType.RELAY_REPL;
  }

  @Override
  public boolean begins(Bytes message) {
    return !message.isEmpty() && message.at(0) == Dhcp6MessageType.SOLICIT;
  }

  @Override
  public List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis) {
    return switch (arrival.side()) {
      case UPSTREAM -> returning.arrived(message, arrival, nowMillis);
      case CLIENTS -> forwarding.fromLink(message, arrival, nowMillis);
      case BELOW -> forwarding.fromBelow(message, arrival);
    };
  }

  @Override
  public Bytes withoutAccessIdentifiers(Bytes message) {
    return RelayLevels.withoutAccessIdentifiers(message);
  }

  @Override
  public void learnFrom(Agent before) {
    if (before instanceof Dhcp6Agent other) {
      links.putAll(other.links);
      links.keySet().retainAll(settings.interfaces().stream().map(Dhcp6Interface::name).toList());
    }
  }

  @Override
  public Optional<Ipv6> linkAddress(String interfaceName) {
    for (Dhcp6Interface each : settings.interfaces()) {
      if (each.name().equals(interfaceName) && each.linkAddress().isPresent()) {
        return each.linkAddress();
      }
    }
    return Optional.ofNullable(links.get(interfaceName));
  }
}
