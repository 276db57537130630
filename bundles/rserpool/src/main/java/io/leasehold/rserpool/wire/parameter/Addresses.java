// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import java.util.List;

/** Address parameters (RFC 5354 sections 3.1 and 3.2). */
final class Addresses {
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_OCTETS = 16;

  static final ParameterFormat<Ipv6> FORMAT =
      new ParameterFormat<>(
          tlv ->
              tlv.type() == ParameterType.IPV4_ADDRESS || tlv.type() == ParameterType.IPV6_ADDRESS,
          Addresses::read);

  private Addresses() {}

  /** An IPv4 address in the form of an IPv6 address has its own parameter, and no second form. */
  private static Ipv6 read(Tlv tlv) {
    if (tlv.type() == ParameterType.IPV4_ADDRESS) {
      return Ipv6.mapped(tlv.fields(IPV4_OCTETS).ipv4());
    }
    Ipv6 address = tlv.fields(IPV6_OCTETS).ipv6();
    if (address.isMapped()) {
      throw tlv.invalid();
    }
    return address;
  }

  static int length(List<Ipv6> addresses) {
    int length = 0;
    for (Ipv6 each : addresses) {
      length += Parameter.HEADER_LENGTH + (each.isMapped() ? IPV4_OCTETS : IPV6_OCTETS);
    }
    return length;
  }

  static void write(List<Ipv6> addresses, ByteWriter out) {
    for (Ipv6 each : addresses) {
      if (each.isMapped()) {
        out.u16(ParameterType.IPV4_ADDRESS).u16(Parameter.HEADER_LENGTH + IPV4_OCTETS);
        out.ipv4(each.toIpv4());
      } else {
        out.u16(ParameterType.IPV6_ADDRESS).u16(Parameter.HEADER_LENGTH + IPV6_OCTETS);
        out.ipv6(each);
      }
    }
  }
}
