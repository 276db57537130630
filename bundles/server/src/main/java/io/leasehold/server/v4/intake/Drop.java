// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.server.protocol.DropReason;

/** Why a datagram is not answered. */
public enum Drop implements DropReason {
  /** It is not a DHCPv4 message, or an option in it is not what it should be. */
  MALFORMED("malformed"),
  /** It is BOOTP, a message without a type, and the plan does not serve such clients. */
  BOOTP("bootp"),
  /** A server does not take messages of this type. */
  MESSAGE_TYPE("message-type"),
  /** An interceptor said so. */
  INTERCEPTOR("interceptor"),
  /** It has neither a client identifier nor a hardware address. */
  NO_CLIENT_ID("no-client-id"),
  /** It is for another server. */
  OTHER_SERVER("other-server"),
  /** This server does not know an address of its own to give as its identifier. */
  NO_SERVER_ADDRESS("no-server-address"),
  /** A client wants an address and does not say which. */
  NO_REQUESTED_ADDRESS("no-requested-address"),
  /** Nobody could send an answer to where the client is. */
  NO_RETURN_ADDRESS("no-return-address"),
  /** The plan does not know the client's link. */
  UNKNOWN_LINK("unknown-link"),
  /** A lease this server knows nothing about, and does not decide about. */
  UNKNOWN_BINDING("unknown-binding"),
  /** There is no address left. */
  NO_ADDRESS("no-address");

  private final String counter;

  Drop(String word) {
    counter = "pkt4-drop-" + word;
  }

  @Override
  public String counter() {
    return counter;
  }
}
