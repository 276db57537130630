// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Message;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PingCheck;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.OneLane;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Intake, handler and leases of one plan on one lane, with time that tests set. */
public final class TestServer extends OneLane<Dhcp6Request> {
  public static final Duid ID = Duid.ofText("00:02:00:00:00:09:0c:c0:84:d3");
  public static final Ipv6 CLIENT = Ipv6.ofText("fe80::a");
  public static final Ipv6 MULTICAST = Ipv6.ofText("ff02::1:2");
  public static final Arrival ON_ETH1 = new Arrival("eth1", MULTICAST, CLIENT, 546);

  public TestServer(Link... links) {
    this(List.of(), links);
  }

  public TestServer(List<PacketInterceptor> hooks, Link... links) {
    this(plan(links), hooks);
  }

  /** One that shares links with another server. */
  public TestServer(LeaseGovernor governor, Link... links) {
    this(plan(links), List.of(), governor);
  }

  public TestServer(ServerPlan plan, List<PacketInterceptor> hooks) {
    this(plan, hooks, null);
  }

  private TestServer(ServerPlan plan, List<PacketInterceptor> hooks, LeaseGovernor governorOrNull) {
    super(
        plan.v6(),
        counters -> new Dhcp6Protocol(plan, ID, new Observers(hooks, counters)),
        governorOrNull);
  }

  public static ServerPlan plan(Link... links) {
    return plan(
        new FamilySettings(
            List.of(),
            Optional.empty(),
            PROBATION,
            MEMORY,
            List.of(HostIdentifier.Type.HW_ADDRESS, HostIdentifier.Type.DUID),
            Set.of(65),
            true,
            Compatibility.NONE,
            PingCheck.OFF,
            Optional.empty()),
        links);
  }

  /** A plan for DHCPv6 alone. */
  public static ServerPlan plan(FamilySettings settings, Link... links) {
    FamilyPlan v6 =
        new FamilyPlan(
            Family.IPV6, true, settings, List.of(links), OptionSet.NONE, Reservations.NONE);
    return new ServerPlan("test", v6, FamilyPlan.none(Family.IPV4), OptionCatalogue.EMPTY);
  }

  /** The answer to a message that a client on eth1 multicasts; null if there is none. */
  public ClientServerMessage ask(ClientMessage message) {
    return (ClientServerMessage) ask(message.build(), ON_ETH1);
  }

  /** The answer to a datagram; null if there is none. */
  public Dhcp6Message ask(Dhcp6Message message, Arrival arrival) {
    Bytes reply = ask(message.encode(), arrival);
    return reply == null ? null : Dhcp6Message.decode(reply);
  }

  /** The answer of a handler that is handed a request which contradicts itself. */
  Bytes askWithoutPlace(ClientMessage message) {
    Dhcp6Request whole = accept(message.build(), ON_ETH1);
    Dhcp6Request torn =
        new Dhcp6Request(
            whole.arrival(),
            whole.relays(),
            whole.message(),
            whole.client(),
            null,
            whole.associations(),
            whole.requested(),
            whole.supplied(),
            whole.length(),
            whole.classes());
    return answer(torn, whole.linkOrNull());
  }

  /** What an intake makes of a datagram. */
  public Dhcp6Request accept(Dhcp6Message message, Arrival arrival) {
    return accept(message.encode(), arrival);
  }

  /** A message of a client in Relay-forward messages. */
  public static RelayMessage relayed(Dhcp6Message inner, RelayMessage... outermostFirst) {
    Dhcp6Message message = inner;
    for (int i = outermostFirst.length - 1; i >= 0; i--) {
      RelayMessage relay = outermostFirst[i];
      message =
          RelayMessage.forward(
              relay.hopCount(),
              relay.linkAddress(),
              relay.peerAddress(),
              relay.options().toBuilder().add(9, message.encode()).build());
    }
    return (RelayMessage) message;
  }

  public Lease address(String address) {
    return table.find(LeaseKey.address(Ipv6.ofText(address)));
  }

  public Lease prefix(String prefix) {
    return table.find(LeaseKey.prefix(Prefix.ofText(prefix)));
  }
}
