// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.v6.intake.Dhcp6Intake;
import io.leasehold.server.v6.intake.Dhcp6Request;

/** DHCPv6 (RFC 8415). */
public final class Dhcp6Protocol implements Protocol<Dhcp6Request> {
  private final Dhcp6Intake intake;
  private final Dhcp6Handler handler;

  /**
   * Takes in a plan.
   *
   * @param serverId the server's DUID
   * @param observers who is told of packets
   */
  public Dhcp6Protocol(ServerPlan plan, Duid serverId, Observers observers) {
    intake = new Dhcp6Intake(plan, serverId, observers);
    handler = new Dhcp6Handler(plan, serverId, observers);
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
