// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.config;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.failover.lease.Role;
import io.leasehold.hop.Application;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Ipv6;
import java.util.List;

/**
 * A relationship as its file says.
 *
 * @param name on the wire and for operators
 * @param role of this server
 * @param partner where it is, or from where it connects
 * @param listen where the secondary listens
 * @param channel profile that protects the connection
 * @param peer entry of the directory of peers that the partner must be
 * @param mcltSeconds maximum client lead time; the secondary takes the primary's
 * @param keepaliveSeconds of silence after which the partner counts as lost
 * @param contactsPerKeepalive in how many parts the partner's keepalive time is divided
 * @param maxUnacked binding updates that this server takes unanswered
 * @param startupSeconds how long STARTUP waits for the partner
 * @param commissionAlone whether a server without a past serves alone when STARTUP is over
 * @param connectSeconds pause between two attempts to connect
 * @param rejectedSeconds the same after the partner has refused
 * @param autoPartnerDownSeconds in COMMUNICATIONS-INTERRUPTED until PARTNER-DOWN; 0 for never
 * @param progressSeconds without an update that was asked for, until the connection is made anew
 * @param sharePercent how much of what is shared by counting is the secondary's
 * @param thresholdPercent how far off the share may be before units are moved
 * @param fixedPrefixLength whether all prefixes of a pool have one length
 * @param reconfigureKeysInClear whether keys of clients may go over a connection in clear
 * @param dhcp4 whether leases of DHCPv4 are offered to the partner, too
 */
public record FailoverSettings(
    String name,
    Role role,
    HopUri partner,
    List<HopUri> listen,
    String channel,
    String peer,
    long mcltSeconds,
    long keepaliveSeconds,
    int contactsPerKeepalive,
    int maxUnacked,
    long startupSeconds,
    boolean commissionAlone,
    long connectSeconds,
    long rejectedSeconds,
    long autoPartnerDownSeconds,
    long progressSeconds,
    int sharePercent,
    int thresholdPercent,
    boolean fixedPrefixLength,
    boolean reconfigureKeysInClear,
    boolean dhcp4) {
  /** Copies the list. */
  public FailoverSettings {
    listen = List.copyOf(listen);
  }

  /** Whether the connection is protected. */
  public boolean isSecure() {
    return partner.scheme().equals("tls");
  }

  /** Address of the partner; an IPv4 address is IPv4-mapped. */
  public Ipv6 partnerAddress() {
    return Ipv6.ofText(partner.host());
  }

  /** The port of a hop; 647 if it names none (RFC 8156 section 5.1). */
  public static int port(HopUri hop) {
    return hop.portFor(Application.FAILOVER);
  }

  /** What this server says of itself in CONNECT and CONNECTREPLY. */
  public ConnectTerms terms(long mcltInForceSeconds) {
    return new ConnectTerms(
        ProtocolVersion.CURRENT,
        mcltInForceSeconds,
        keepaliveSeconds,
        maxUnacked,
        new ConnectFlags(fixedPrefixLength),
        dhcp4);
  }
}
