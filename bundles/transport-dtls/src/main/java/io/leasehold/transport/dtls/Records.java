// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;

/** What can be seen of records from outside (RFC 6347 section 4.1). */
final class Records {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int HEADER = 13;

  private Records() {}

  /** Whether the datagram begins with a record of a handshake. */
  static boolean isHandshake(Bytes datagram) {
    return !datagram.isEmpty() && datagram.at(0) == HANDSHAKE;
  }

  /** Whether the datagram begins with an unprotected ClientHello. */
  static boolean beginsAnew(Bytes datagram) {
    return datagram.length() > HEADER
        && datagram.at(0) == HANDSHAKE
        && datagram.u16(3) == 0
        && datagram.at(HEADER) == CLIENT_HELLO;
  }
}
