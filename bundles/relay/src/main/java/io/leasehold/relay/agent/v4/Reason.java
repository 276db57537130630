// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.relay.agent.DropReason;
import java.util.Locale;

/** Why a DHCPv4 message is not relayed, and what else is counted. */
enum Reason implements DropReason {
  /** It is not one that clients send. */
  DROP_SERVER_MESSAGE_FROM_CLIENTS,
  /** It is not one that servers send. */
  DROP_NOT_A_REPLY,
  /** It passed more relay agents than it may. */
  DROP_TOO_MANY_HOPS,
  /** The client has not waited long enough. */
  DROP_TOO_EARLY,
  /** The client says what only relay agents may (RFC 3046 section 2.1). */
  DROP_UNTRUSTED_OPTION82,
  /** Relay agents are not expected where it came from. */
  DROP_UNTRUSTED_RELAY,
  /** Clients are not expected where it came from. */
  DROP_CLIENT_AMONG_RELAYS,
  /** Somebody else says it is us (RFC 3046 section 2.1.1), or what cannot be a host. */
  DROP_SPOOFED_GIADDR,
  /** Another relay agent has that address. */
  DROP_GIADDR_OF_ANOTHER,
  /** The policy wants no relay agent's option that is there already. */
  DROP_OPTION82_PRESENT,
  /** The interface has no address that servers could answer to. */
  DROP_NO_RELAY_ADDRESS,
  /** A reply is for nobody we know (RFC 1542 section 4.1.2). */
  DROP_REPLY_FOR_NOBODY,
  /** A server did not use the virtual network that it was told (RFC 6607 section 5). */
  DROP_OTHER_VIRTUAL_NETWORK,
  /** Relayed without our option, which has no room. */
  OPTION82_NO_ROOM,
  /** Access-network identifiers came unprotected and are left out. */
  ACCESS_IDENTIFIERS_STRIPPED;

  @Override
  public String counter() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
