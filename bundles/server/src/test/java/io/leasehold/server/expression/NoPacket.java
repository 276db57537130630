// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;

/** A packet that has nothing but classes. */
record NoPacket(Membership membership) implements PacketFacts {
  @Override
  public boolean isMember(int classNumber) {
    return membership.isMember(classNumber);
  }

  @Override
  public Bytes optionOrNull(int code) {
    return null;
  }

  @Override
  public String interfaceName() {
    return "";
  }

  @Override
  public Ipv6 source() {
    return Ipv6.UNSPECIFIED;
  }

  @Override
  public Ipv6 destination() {
    return Ipv6.UNSPECIFIED;
  }

  @Override
  public int length() {
    return 0;
  }

  @Override
  public int messageType() {
    return 0;
  }

  @Override
  public long transactionId() {
    return 0;
  }
}
