// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.UserTransport;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.time.Instant;

/** A membership as operators see it. */
final class MembershipView {
  private MembershipView() {}

  static PoolRegistration of(Membership membership, long home, long now, Instant wall) {
    ElementSettings.Place place = membership.place();
    TransportParameter transport = place.transport();
    PoolMember member =
        new PoolMember(
            membership.identifier(),
            place.policy().group(),
            place.policy().weight(),
            membership.readiness().rank(),
            transport.addresses().isEmpty() ? Ipv6.UNSPECIFIED : transport.addresses().get(0),
            transport.port(),
            transport(transport),
            home);
    return new PoolRegistration(
        new PoolHandle(place.handle().octets()),
        member,
        PolicyType.name(place.policy().type()),
        membership.state(),
        membership.why(),
        wall.minusNanos(Math.max(0, now - membership.since())));
  }

  private static UserTransport transport(TransportParameter transport) {
    if (transport instanceof PortTransport port) {
      return switch (port.protocol()) {
        case UDP -> UserTransport.UDP;
        case TCP -> UserTransport.TCP;
        case UDP_LITE -> UserTransport.OTHER;
      };
    }
    return transport instanceof SctpTransport ? UserTransport.SCTP : UserTransport.OTHER;
  }
}
