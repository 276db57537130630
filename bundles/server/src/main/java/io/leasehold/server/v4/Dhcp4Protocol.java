// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.v4.intake.Dhcp4Intake;
import io.leasehold.server.v4.intake.Dhcp4Request;
import java.util.List;

/** DHCPv4 (RFC 2131). */
public final class Dhcp4Protocol implements Protocol<Dhcp4Request> {
  private final Dhcp4Intake intake;
  private final Dhcp4Handler handler;

  /**
   * Takes in a plan.
   *
   * @param plan what it has for DHCPv4
   * @param hooks interceptors in their order
   */
  public Dhcp4Protocol(FamilyPlan plan, List<PacketInterceptor> hooks, Counters counters) {
    intake = new Dhcp4Intake(plan, hooks, counters);
    handler = new Dhcp4Handler(plan, hooks, counters);
  }

  @Override
  public Dhcp4Request accept(Bytes datagram, Arrival arrival) {
    return intake.accept(datagram, arrival);
  }

  @Override
  public Outcome answer(Dhcp4Request request, LinkLeases leasesOrNull, long now) {
    return handler.answer(request, leasesOrNull, now);
  }
}
