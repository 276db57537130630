// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.protocol.Request;
import io.leasehold.server.v4.Dhcp4Protocol;
import io.leasehold.server.v6.Dhcp6Protocol;
import io.leasehold.transport.Path;
import java.util.List;

/**
 * What is in force at a time: the plan, what was built from it, and which lane owns which link.
 * Immutable, any thread.
 */
public final class Regime {
  private final ServerPlan plan;
  private final Duid serverId;
  private final int lanes;
  private final Dhcp6Protocol dhcp6;
  private final Dhcp4Protocol dhcp4;
  private final Territory territory;

  /**
   * Builds what a plan needs.
   *
   * @param lanes how many lanes there are
   */
  public Regime(ServerPlan plan, Duid serverId, Observers observers, int lanes) {
    this.plan = plan;
    this.serverId = serverId;
    this.lanes = lanes;
    this.dhcp6 = new Dhcp6Protocol(plan, serverId, observers);
    this.dhcp4 = new Dhcp4Protocol(plan.v4(), observers);
    this.territory = new Territory(plan.links(), family -> plan.of(family).globalReservations());
  }

  /** One whose log calls nobody by name. */
  public Regime(
      ServerPlan plan, Duid serverId, List<PacketInterceptor> hooks, Counters counters, int lanes) {
    this(plan, serverId, new Observers(hooks, counters), lanes);
  }

  /** The same plan, told to others. */
  public Regime toldTo(Observers observers) {
    return new Regime(plan, serverId, observers, lanes);
  }

  /** The plan in force. */
  public ServerPlan plan() {
    return plan;
  }

  /** What of the plan is governed. */
  public Territory territory() {
    return territory;
  }

  /** The server's DUID. */
  public Duid serverId() {
    return serverId;
  }

  /** Which lane owns a link of the plan. */
  public int laneOf(Link link) {
    // By name and not by rank: a link keeps its lane when others come and go.
    return Math.floorMod(link.name().hashCode(), lanes);
  }

  /** Accepts a datagram, or null if it is dropped, which has been counted. */
  public Job<?> accept(Family family, Bytes datagram, Arrival arrival, Path path) {
    return switch (family) {
      case IPV6 -> accept(dhcp6, datagram, arrival, path);
      case IPV4 -> accept(dhcp4, datagram, arrival, path);
    };
  }

  private <R extends Request> Job<R> accept(
      Protocol<R> protocol, Bytes datagram, Arrival arrival, Path path) {
    R request = protocol.accept(datagram, arrival);
    return request == null ? null : new Job<>(this, protocol, request, path, datagram);
  }

  /** Which lane answers a request. One without a link has no leases: any lane will do. */
  public int laneOf(Request request) {
    Link link = request.linkOrNull();
    return link == null ? Math.floorMod(request.spread(), lanes) : laneOf(link);
  }
}
