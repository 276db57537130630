// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.v6.Dhcp6MessageType;

/** Who sends messages of a type. */
enum MessageRoles {
  /** Clients; also types that nobody knows, which are relayed (RFC 7283, RFC 8415 section 19). */
  CLIENT,
  /** Servers only: from where clients are, they tell of a server that should not be there. */
  SERVER,
  /** Relay agents. */
  RELAY_AGENT,
  /** Others, or only on connections. */
  OTHER;

  static MessageRoles of(int type) {
    return switch (type) {
      case Dhcp6MessageType.ADVERTISE,
          Dhcp6MessageType.REPLY,
          Dhcp6MessageType.RECONFIGURE,
          Dhcp6MessageType.RELAY_REPL,
          Dhcp6MessageType.LEASEQUERY_REPLY,
          Dhcp6MessageType.LEASEQUERY_DONE,
          Dhcp6MessageType.LEASEQUERY_DATA,
          Dhcp6MessageType.RECONFIGURE_REPLY,
          Dhcp6MessageType.DHCPV4_RESPONSE,
          Dhcp6MessageType.ADDR_REG_REPLY ->
          SERVER;
      case Dhcp6MessageType.RELAY_FORW, Dhcp6MessageType.RECONFIGURE_REQUEST -> RELAY_AGENT;
      case Dhcp6MessageType.LEASEQUERY -> OTHER;
      default ->
          type >= Dhcp6MessageType.ACTIVELEASEQUERY && type <= Dhcp6MessageType.CONTACT
              ? OTHER
              : CLIENT;
    };
  }
}
