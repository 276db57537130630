// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PingCheck;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.OneLane;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.server.v6.SubnetBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole DHCPv4 of one plan on one lane, with time that tests set. */
public final class TestServer extends OneLane<Dhcp4Request> {
  /** The server's address on eth1. */
  public static final String ADDRESS = "192.0.2.1";

  /** A second address on eth1. */
  public static final String OTHER_ADDRESS = "198.51.100.1";

  public static final Arrival ON_ETH1 =
      new Arrival(
          "eth1",
          List.of(Ipv6.ofText(OTHER_ADDRESS), Ipv6.ofText(ADDRESS)),
          Ipv6.ofText("255.255.255.255"),
          Ipv6.ofText("0.0.0.0"),
          68);

  public TestServer(Link... links) {
    this(List.of(), links);
  }

  public TestServer(List<PacketInterceptor> hooks, Link... links) {
    this(plan(true, List.of(), links), hooks);
  }

  /** One that bends its rules. */
  public TestServer(Compatibility bent, Link... links) {
    this(plan(true, List.of(), bent, links), List.of());
  }

  public TestServer(FamilyPlan plan, List<PacketInterceptor> hooks) {
    super(plan, counters -> new Dhcp4Protocol(plan, new Observers(hooks, counters)));
  }

  /** A plan whose options of no link in particular are these. */
  public static FamilyPlan plan(boolean echoClientId, List<PlanOption> options, Link... links) {
    return plan(echoClientId, options, Compatibility.NONE, links);
  }

  private static FamilyPlan plan(
      boolean echoClientId, List<PlanOption> options, Compatibility bent, Link... links) {
    return new FamilyPlan(
        Family.IPV4,
        true,
        new FamilySettings(
            List.of(),
            Optional.empty(),
            PROBATION,
            MEMORY,
            List.of(
                HostIdentifier.Type.HW_ADDRESS,
                HostIdentifier.Type.DUID,
                HostIdentifier.Type.CIRCUIT_ID,
                HostIdentifier.Type.CLIENT_ID),
            Set.of(),
            echoClientId,
            bent,
            PingCheck.OFF,
            Optional.empty()),
        List.of(links),
        new OptionSet(options),
        Reservations.NONE);
  }

  /** The subnet on eth1 that most tests use, with 16 addresses. */
  public static SubnetBuilder lab() {
    return new SubnetBuilder(1, "192.0.2.0/24").pool("192.0.2.16", "192.0.2.31");
  }

  /** One that packets sent to an address of this server come with. */
  public static Arrival unicast(String from, String to) {
    return new Arrival(
        "eth1", ON_ETH1.interfaceAddresses(), Ipv6.ofText(to), Ipv6.ofText(from), 67);
  }

  /** The answer to a message that a client on eth1 broadcasts; null if there is none. */
  public Dhcp4Message ask(Query query) {
    return ask(query, ON_ETH1);
  }

  /** The answer to a message; null if there is none. */
  public Dhcp4Message ask(Query query, Arrival arrival) {
    Bytes reply = ask(query.build().encode(), arrival);
    return reply == null ? null : Dhcp4Message.decode(reply);
  }

  /** What becomes of a datagram before anybody looks at leases. */
  public Dhcp4Request accept(Query query, Arrival arrival) {
    return accept(query.build().encode(), arrival);
  }

  /** Has a client take the address it is offered. */
  public Ipv4 serve(int client) {
    Dhcp4Message offer = ask(Query.discover(client));
    Dhcp4Message ack = ask(Query.request(client).to(ADDRESS).wanting(offer.yourAddress()));
    return ack.yourAddress();
  }

  /** How many addresses may be chosen now. */
  public long free() {
    return free(LeaseKind.IPV4);
  }

  public Lease lease(String address) {
    return table.find(Exchange.key(Ipv4.ofText(address)));
  }
}
