// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.v6.intake.Dhcp6Intake;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.List;

/** DHCPv6 (RFC 8415). */
public final class Dhcp6Protocol implements Protocol<Dhcp6Request> {
  private final Dhcp6Intake intake;
  private final Dhcp6Handler handler;

  /**
   * Takes in a plan.
   *
   * @param serverId the server's DUID
   * @param hooks interceptors in their order
   */
  public Dhcp6Protocol(
      ServerPlan plan, Duid serverId, List<PacketInterceptor> hooks, Counters counters) {
    intake = new Dhcp6Intake(plan, serverId, hooks, counters);
    handler = new Dhcp6Handler(plan, serverId, hooks, counters);
  }

  @Override
  public Dhcp6Request accept(Bytes datagram, Arrival arrival) {
    return intake.accept(datagram, arrival);
  }

  @Override
  public Outcome answer(Dhcp6Request request, LinkLeases leasesOrNull, long now) {
    return handler.answer(request, leasesOrNull, now);
  }
}
