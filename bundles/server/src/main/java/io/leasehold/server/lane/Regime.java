// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.v6.Dhcp6Handler;
import io.leasehold.server.v6.intake.Arrival;
import io.leasehold.server.v6.intake.Dhcp6Intake;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.transport.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in force at a time: the plan, what was built from it, and which lane owns which link.
 * Immutable, any thread; each lane has a handler of its own.
 */
public final class Regime {
  private final ServerPlan plan;
  private final Duid serverId;
  private final List<PacketInterceptor> hooks;
  private final Counters counters;
  private final int lanes;
  private final Dhcp6Intake intake;
  private final Map<String, Integer> laneOfLink = new HashMap<>();

  /**
   * Builds what a plan needs.
   *
   * @param lanes how many lanes there are
   */
  public Regime(
      ServerPlan plan, Duid serverId, List<PacketInterceptor> hooks, Counters counters, int lanes) {
    this.plan = plan;
    this.serverId = serverId;
    this.hooks = List.copyOf(hooks);
    this.counters = counters;
    this.lanes = lanes;
    this.intake = new Dhcp6Intake(plan, serverId, this.hooks, counters);
    for (Link link : plan.links()) {
      // By name and not by rank: a link keeps its lane when others come and go.
      laneOfLink.put(link.name(), Math.floorMod(link.name().hashCode(), lanes));
    }
  }

  /** The plan in force. */
  public ServerPlan plan() {
    return plan;
  }

  /** The server's DUID. */
  public Duid serverId() {
    return serverId;
  }

  /** The handler of one lane. */
  Dhcp6Handler newHandler() {
    return new Dhcp6Handler(plan, serverId, hooks, counters);
  }

  /** Which lane owns a link of the plan. */
  public int laneOf(Link link) {
    return laneOfLink.get(link.name());
  }

  /** Accepts a datagram, or null if it is dropped, which has been counted. */
  public Job accept(Bytes datagram, Path path) {
    Arrival arrival =
        new Arrival(path.interfaceName(), path.local(), path.remote(), path.remotePort());
    Dhcp6Request request = intake.accept(datagram, arrival);
    return request == null ? null : new Job(this, request, path, datagram);
  }

  /** Which lane answers a request. One without a link has no leases: any lane will do. */
  public int laneOf(Dhcp6Request request) {
    Link link = request.linkOrNull();
    return link == null ? Math.floorMod(request.message().transactionId(), lanes) : laneOf(link);
  }
}
