// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;

/**
 * STARTTLS or the REPLY to it: without a time (RFC 7653 sections 6.2.2 and 8.2). Whatever options
 * are in it are ignored but a status.
 *
 * @param message of one of the two types
 */
public record UpgradeFrame(ClientServerMessage message) implements FailoverFrame {
  /** Refuses other types. */
  public UpgradeFrame {
    int type = message.type();
    if (type != Dhcp6MessageType.STARTTLS && type != Dhcp6MessageType.REPLY) {
      throw new IllegalArgumentException("neither STARTTLS nor its answer: " + message);
    }
  }

  @Override
  public int type() {
    return message.type();
  }

  @Override
  public Bytes encode() {
    return message.encode();
  }
}
