// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Locale;

/** What a peer may be to us. */
public enum PeerRole {
  /** A relay agent that speaks for clients (RFC 8415 section 19, RFC 2131 section 4.1). */
  RELAY,
  /** A server, or a relay agent nearer to it, that answers a relay agent. */
  SERVER,
  /** The other server of a failover relationship (RFC 8156). */
  FAILOVER_PARTNER,
  /** Asks for leases (RFC 5460, RFC 7653). */
  LEASEQUERY_REQUESTOR,
  /** A registrar of a pool (RFC 5353). */
  ENRP_SERVER,
  /** A member of a pool (RFC 5352). */
  POOL_ELEMENT,
  /** Asks for members of a pool (RFC 5352). */
  POOL_USER,
  /** Gives commands. */
  MANAGER;

  /** The word for it in configuration and output, {@code failover-partner} for example. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
