// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;

/**
 * A message of a type that has no place between partners. Its header is not known, so nothing of it
 * is read; it is skipped and counted.
 *
 * @param octets all of them, at least one
 */
public record UnknownFrame(Bytes octets) implements FailoverFrame {
  /** Refuses a message without a type, and those of known types. */
  public UnknownFrame {
    int type = octets.isEmpty() ? -1 : octets.at(0);
    if (type < 0
        || Dhcp6MessageType.isFailover(type)
        || type == Dhcp6MessageType.STARTTLS
        || type == Dhcp6MessageType.REPLY) {
      throw new IllegalArgumentException("not of an unknown type: " + type);
    }
  }

  @Override
  public int type() {
    return octets.at(0);
  }

  @Override
  public Bytes encode() {
    return octets;
  }

  /** {@code type-200, 12 octets}. */
  @Override
  public String toString() {
    return Dhcp6MessageType.name(type()) + ", " + octets.length() + " octets";
  }
}
