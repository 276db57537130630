// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.Dhcp6Message;
import io.leasehold.net.Bytes;

/** Tells the packets of the two protocols apart, as their ports do on a real network. */
public final class SimPackets {
  private static final int COOKIE_OFFSET = 236;
  private static final long COOKIE = 0x6382_5363L;

  private SimPackets() {}

  /** Whether it is a DHCPv4 message: the magic cookie is where it must be. */
  public static boolean isDhcp4(Bytes payload) {
    return payload.length() >= COOKIE_OFFSET + 4 && payload.u32(COOKIE_OFFSET) == COOKIE;
  }

  /** One line about it. */
  static String describe(Bytes payload) {
    return isDhcp4(payload)
        ? Dhcp4Message.decode(payload).toString()
        : Dhcp6Message.decode(payload).toString();
  }
}
