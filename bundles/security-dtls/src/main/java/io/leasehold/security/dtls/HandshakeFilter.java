// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.engine.Limits;
import org.bouncycastle.tls.ContentType;

/**
 * Looks at datagrams before the protocol engine does: that allocates whatever length a handshake
 * header claims, for many messages ahead, before it knows anything of the sender.
 */
final class HandshakeFilter {
  private static final int RECORD_HEADER = 13; // RFC 6347 section 4.1
  private static final int MESSAGE_HEADER = 12; // RFC 6347 section 4.2.2

  private HandshakeFilter() {}

  /** Whether the whole datagram is what it says, and says nothing too large. */
  static boolean passes(Bytes datagram) {
    int at = 0;
    while (datagram.length() - at >= RECORD_HEADER) {
      int end = at + RECORD_HEADER + datagram.u16(at + 11);
      if (end > datagram.length()) {
        return false;
      }
      boolean readable = datagram.u16(at + 3) == 0;
      if (readable
          && datagram.at(at) == ContentType.handshake
          && !messagesPass(datagram.slice(at + RECORD_HEADER, end))) {
        return false;
      }
      at = end;
    }
    return at > 0 && at == datagram.length();
  }

  private static boolean messagesPass(Bytes record) {
    int at = 0;
    while (record.length() - at >= MESSAGE_HEADER) {
      int length = u24(record, at + 1);
      int fragment = u24(record, at + 9);
      if (length > Limits.HANDSHAKE_MESSAGE_OCTETS
          || u24(record, at + 6) + fragment > length
          || at + MESSAGE_HEADER + fragment > record.length()) {
        return false;
      }
      at += MESSAGE_HEADER + fragment;
    }
    return at == record.length();
  }

  private static int u24(Bytes octets, int at) {
    return octets.at(at) << 16 | octets.u16(at + 1);
  }
}
