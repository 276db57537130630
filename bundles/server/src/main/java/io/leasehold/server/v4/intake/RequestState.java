// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

/** What a client was doing when it sent a DHCPREQUEST (RFC 2131 section 4.3.2, table 4). */
public enum RequestState {
  /** It chose this server's offer: there is a server identifier. */
  SELECTING,
  /** It wants to know whether its address is still good: there is only a requested address. */
  INIT_REBOOT,
  /** It asks the server that it got its address from: ciaddr is set, and nobody relayed. */
  RENEWING,
  /** It asks any server: ciaddr is set. */
  REBINDING
}
