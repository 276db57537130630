// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.List;

/**
 * A registrar says where it serves (RFC 5352 section 2.2.10).
 *
 * @param server its identifier, 32 bits
 * @param transports of SCTP or TCP; see {@link #transports(Ipv6)}
 */
public record ServerAnnounce(long server, List<TransportParameter> transports)
    implements AsapMessage {
  /** The port of ASAP. */
  public static final int PORT = 3863;

  /** Refuses numbers that do not fit, and other transports. */
  public ServerAnnounce {
    Unsigned.u32(server, "server identifier");
    transports = List.copyOf(transports);
    if (!transports.stream().allMatch(TransportParameter::carriesProtocol)) {
      throw new IllegalArgumentException("ASAP goes over SCTP or TCP, not " + transports);
    }
  }

  static ServerAnnounce read(ParameterReader in) {
    return new ServerAnnounce(in.u32(), in.any(TransportParameter.PROTOCOL_FORMAT));
  }

  /**
   * Where it serves: if it does not say, over SCTP on the port of ASAP (RFC 5352 section 3.6).
   *
   * @param source where the announcement came from
   */
  public List<TransportParameter> transports(Ipv6 source) {
    return transports.isEmpty()
        ? List.of(new SctpTransport(PORT, false, List.of(source)))
        : transports;
  }

  @Override
  public int type() {
    return SERVER_ANNOUNCE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(SERVER_ANNOUNCE, 0).u32(server).add(transports).encode();
  }
}
