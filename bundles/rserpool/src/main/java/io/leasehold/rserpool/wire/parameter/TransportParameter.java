// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import java.util.List;

/**
 * Where somebody can be reached, and how (RFC 5354 sections 3.3 to 3.7 and 3.16). IPv4 addresses
 * are in their mapped form.
 */
public sealed interface TransportParameter extends Parameter
    permits DccpTransport, SctpTransport, PortTransport, OpaqueTransport {
  /** How any of them is read: as the User Transport of a pool element. */
  ParameterFormat<TransportParameter> FORMAT =
      new ParameterFormat<>(
          tlv ->
              tlv.type() >= ParameterType.DCCP_TRANSPORT
                      && tlv.type() <= ParameterType.UDP_LITE_TRANSPORT
                  || tlv.type() == ParameterType.OPAQUE_TRANSPORT,
          TransportParameter::read);

  /**
   * How those are read over which ASAP and ENRP go. RFC 5354 sections 3.10 and 3.11 know SCTP only;
   * TCP is what a registrar and its neighbours may agree upon.
   */
  ParameterFormat<TransportParameter> PROTOCOL_FORMAT =
      new ParameterFormat<>(
          tlv ->
              tlv.type() == ParameterType.SCTP_TRANSPORT
                  || tlv.type() == ParameterType.TCP_TRANSPORT,
          TransportParameter::read);

  /** The port; 0 if it is opaque. */
  int port();

  /** The addresses, in their order; none if it is opaque. */
  List<Ipv6> addresses();

  /** Whether it may carry messages of ASAP beside data; only SCTP says so. */
  default boolean hasControl() {
    return false;
  }

  /** Whether it is one that carries ASAP and ENRP. */
  default boolean carriesProtocol() {
    return type() == ParameterType.SCTP_TRANSPORT || type() == ParameterType.TCP_TRANSPORT;
  }

  private static TransportParameter read(Tlv tlv) {
    if (tlv.type() == ParameterType.OPAQUE_TRANSPORT) {
      return new OpaqueTransport(tlv.value().compact());
    }
    ParameterReader in = tlv.parameters();
    int port = in.u16();
    int use = in.u16();
    TransportParameter transport =
        switch (tlv.type()) {
          case ParameterType.DCCP_TRANSPORT ->
              new DccpTransport(port, in.u32(), in.one(Addresses.FORMAT));
          case ParameterType.SCTP_TRANSPORT -> sctp(tlv, port, use, in);
          default ->
              new PortTransport(
                  PortTransport.Protocol.ofType(tlv.type()), port, in.one(Addresses.FORMAT));
        };
    in.end();
    return transport;
  }

  private static SctpTransport sctp(Tlv tlv, int port, int use, ParameterReader in) {
    if (use > SctpTransport.DATA_PLUS_CONTROL) {
      throw tlv.invalid();
    }
    return new SctpTransport(
        port, use == SctpTransport.DATA_PLUS_CONTROL, in.some(Addresses.FORMAT));
  }
}
