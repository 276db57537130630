// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.List;

/**
 * A registrar (RFC 5354 section 3.11). The RFC has exactly one transport, of SCTP; a registrar that
 * other registrars reach over TCP says so, and one that they reach over both says SCTP first.
 *
 * @param server its identifier, 32 bits
 * @param transports at least one, of SCTP or TCP
 */
public record ServerInformation(long server, List<TransportParameter> transports)
    implements Parameter {
  /** How it is read. */
  public static final ParameterFormat<ServerInformation> FORMAT =
      new ParameterFormat<>(ParameterType.SERVER_INFORMATION, ServerInformation::read);

  private static final int FIELDS = 4;

  /** Refuses numbers that do not fit, other transports, and to have none. */
  public ServerInformation {
    Unsigned.u32(server, "server identifier");
    transports = List.copyOf(transports);
    if (transports.isEmpty()
        || !transports.stream().allMatch(TransportParameter::carriesProtocol)) {
      throw new IllegalArgumentException("ENRP goes over SCTP or TCP, not " + transports);
    }
  }

  private static ServerInformation read(Tlv tlv) {
    ParameterReader in = tlv.parameters();
    ServerInformation information =
        new ServerInformation(in.u32(), in.some(TransportParameter.PROTOCOL_FORMAT));
    in.end();
    return information;
  }

  @Override
  public int type() {
    return ParameterType.SERVER_INFORMATION;
  }

  @Override
  public int valueLength() {
    return FIELDS + MessageWriter.length(transports);
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u32(server);
    MessageWriter.write(transports, out);
  }

  /** {@code 0x11111111 [sctp [192.0.2.9]:9901]}. */
  @Override
  public String toString() {
    return Unsigned.hex(server) + " " + transports;
  }
}
