// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.List;

/**
 * A transport over SCTP (RFC 5354 section 3.4).
 *
 * @param port 0 to 65535
 * @param hasControl whether messages of ASAP may go beside the data
 * @param addresses at least one
 */
public record SctpTransport(int port, boolean hasControl, List<Ipv6> addresses)
    implements TransportParameter {
  static final int DATA_PLUS_CONTROL = 1;

  private static final int FIELDS = 4;

  /** Refuses a port that does not fit, and to have no address. */
  public SctpTransport {
    Unsigned.u16(port, "port");
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a transport of SCTP has at least one address");
    }
  }

  @Override
  public int type() {
    return ParameterType.SCTP_TRANSPORT;
  }

  @Override
  public int valueLength() {
    return FIELDS + Addresses.length(addresses);
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u16(port).u16(hasControl ? DATA_PLUS_CONTROL : 0);
    Addresses.write(addresses, out);
  }

  /** {@code sctp [192.0.2.9, 2001:db8::9]:3863}. */
  @Override
  public String toString() {
    return "sctp " + addresses + ":" + port;
  }
}
