// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.List;
import java.util.Objects;

/**
 * How a registrar takes part.
 *
 * @param servers other registrars that it is told of; each may be the mentor of its start, the
 *     first one that can (RFC 5353 section 3.2.2.1)
 * @param channel name of the profile that protects connections to registrars which others tell of
 * @param inClear whether nothing protects these, see {@link ConnectSpec}
 * @param own where other registrars reach this one; none if they need not
 * @param timers how long it waits
 * @param limits how much others may cost
 */
public record EnrpSettings(
    List<ConnectSpec> servers,
    String channel,
    boolean inClear,
    List<TransportParameter> own,
    EnrpTimers timers,
    EnrpLimits limits) {
  /** Refuses connections of other applications. */
  public EnrpSettings {
    servers = List.copyOf(servers);
    own = List.copyOf(own);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(timers);
    Objects.requireNonNull(limits);
    for (ConnectSpec each : servers) {
      if (each.application() != Application.ENRP) {
        throw new IllegalArgumentException("registrars speak ENRP, not " + each.application());
      }
    }
  }

  /** Whether some connection would be without protection. */
  boolean isAnyInClear() {
    return inClear || servers.stream().anyMatch(ConnectSpec::inClear);
  }

  /**
   * How a registrar is reached that another one told of.
   *
   * @param transport name of it, as {@link ConnectSpec#transport}
   */
  ConnectSpec learned(Ipv6 address, int port, String transport) {
    return new ConnectSpec(
        Application.ENRP,
        address,
        port,
        channel,
        PeerSelector.anyOf(PeerRole.ENRP_SERVER),
        false,
        inClear,
        transport);
  }

  /**
   * Whether connections are made by this transport: it is one of those of the registrars that are
   * configured or of this one; if there are none, that of streams.
   */
  boolean uses(String transport) {
    boolean isUsed =
        servers.stream().anyMatch(each -> each.transport().equals(transport))
            || own.stream().anyMatch(each -> nameOf(each).equals(transport));
    return isUsed || servers.isEmpty() && own.isEmpty() && transport.equals(ConnectSpec.STREAMS);
  }

  /** Name of the transport of ENRP that others tell of. */
  static String nameOf(TransportParameter transport) {
    return transport.type() == ParameterType.SCTP_TRANSPORT ? HopUri.SCTP : ConnectSpec.STREAMS;
  }
}
