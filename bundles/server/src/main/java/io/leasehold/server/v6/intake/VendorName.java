// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.net.Bytes;

/** What a client calls its vendor (RFC 8415 section 21.16), as Kea names classes after it. */
final class VendorName {
  private static final Bytes CABLE_MODEM = Bytes.ofUtf8("docsis3.0");
  private static final Bytes CABLE_ROUTER = Bytes.ofUtf8("eRouter1.0");

  private VendorName() {}

  /** The first of its names, or that of a cable device; empty if it has none. */
  static Bytes of(ClientServerMessage message) {
    Bytes option = message.options().rawOrEmpty(Dhcp6OptionCode.VENDOR_CLASS);
    Bytes first = Bytes.EMPTY;
    Bytes router = Bytes.EMPTY;
    int at = Integer.BYTES;
    while (at + Short.BYTES <= option.length()) {
      int start = at + Short.BYTES;
      at = start + option.u16(at);
      if (at > option.length()) {
        break;
      }
      Bytes name = option.slice(start, at);
      if (name.equals(CABLE_MODEM)) {
        return name;
      }
      router = name.equals(CABLE_ROUTER) ? name : router;
      first = first.isEmpty() ? name : first;
    }
    return router.isEmpty() ? first : router;
  }
}
