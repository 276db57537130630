// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.relay.agent.DropReason;

/** Why a DHCPv6 message is not relayed. */
enum Dhcp6Drop implements DropReason {
  /** It came in on an interface where nobody is expected. */
  INTERFACE("drop-interface-not-served"),
  /** A message of servers came from where clients are. */
  SERVER_MESSAGE("drop-server-message-from-client"),
  /** Clients have no business with messages of that type. */
  TYPE("drop-type-not-for-clients"),
  /** A Relay-forward came from an interface that is not trusted. */
  UNTRUSTED("drop-relay-forward-untrusted"),
  /** It passed too many relay agents. */
  HOP_LIMIT("drop-hop-limit"),
  /** Its source is no unicast address. */
  SOURCE("drop-bad-source"),
  /** A lightweight relay agent takes what is sent to the group of relay agents and servers only. */
  NOT_TO_GROUP("drop-not-to-group"),
  /** Neither a link-address nor an Interface-Id would tell where the client is. */
  NO_LINK("drop-no-link-address"),
  /** The relay agent may not speak for the link. */
  SCOPE("drop-link-not-in-scope"),
  /** The prefix memory refuses it. */
  SPOOFED("drop-spoofed-source"),
  /** Something other than a Relay-reply came from upstream. */
  NOT_A_REPLY("drop-not-a-relay-reply"),
  /** A Relay-reply carries no message. */
  NOTHING_RELAYED("drop-nothing-relayed"),
  /** A Relay-reply names no interface of ours. */
  UNKNOWN_INTERFACE("drop-unknown-interface-id"),
  /** A Relay-reply is for no unicast address. */
  PEER_ADDRESS("drop-bad-peer-address"),
  /** A Relay-reply is not as RFC 6221 section 6.2 wants it. */
  NOT_FOR_LDRA("drop-not-for-ldra");

  private final String counter;

  Dhcp6Drop(String counter) {
    this.counter = counter;
  }

  @Override
  public String counter() {
    return counter;
  }
}
