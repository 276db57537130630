// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Domain names in a row that share their ends (RFC 1035 section 4.1.4), as DHCPv4's search list has
 * them (RFC 3397). They are read by {@link ByteReader#compressedDomainName}.
 */
public final class CompressedNames {
  private static final int MAX_TARGET = 0x3fff;
  private static final int POINTER = 0xc000;

  private CompressedNames() {}

  /**
   * The names in that order.
   *
   * @throws IllegalArgumentException if one is partial
   */
  public static Bytes encode(List<DomainName> names) {
    ByteWriter out = new ByteWriter(64);
    Map<Bytes, Integer> known = new HashMap<>();
    for (DomainName name : names) {
      if (name.isPartial()) {
        throw new IllegalArgumentException(name + " is a partial name");
      }
      append(name.wire(), known, out);
    }
    return out.toBytes();
  }

  private static void append(Bytes wire, Map<Bytes, Integer> known, ByteWriter out) {
    int at = 0;
    while (wire.at(at) != 0) {
      Bytes rest = wire.slice(at, wire.length());
      Integer earlier = known.get(rest);
      if (earlier != null) {
        out.u16(POINTER | earlier);
        return;
      }
      if (out.length() <= MAX_TARGET) {
        known.put(rest, out.length());
      }
      int end = at + 1 + wire.at(at);
      out.bytes(wire.slice(at, end));
      at = end;
    }
    out.u8(0);
  }
}
