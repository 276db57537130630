// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.net.Bytes;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.v4.intake.Dhcp4Intake;
import io.leasehold.server.v4.intake.Dhcp4Request;

/** DHCPv4 (RFC 2131). */
public final class Dhcp4Protocol implements Protocol<Dhcp4Request> {
  private final Dhcp4Intake intake;
  private final Dhcp4Handler handler;

  /**
   * Takes in a plan.
   *
   * @param plan what it has for DHCPv4
   * @param observers who is told of packets
   */
  public Dhcp4Protocol(FamilyPlan plan, Observers observers) {
    intake = new Dhcp4Intake(plan, observers);
    handler = new Dhcp4Handler(plan, observers);
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
