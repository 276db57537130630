// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.server.protocol.DropReason;

/** Why a datagram is not answered. */
public enum Drop implements DropReason {
  /** It is not a DHCPv6 message, or an option in it is not what it should be. */
  MALFORMED("malformed"),
  /** A client sent it to a unicast address (obsolete since RFC 9915). */
  UNICAST("unicast"),
  /** A server does not take messages of this type. */
  MESSAGE_TYPE("message-type"),
  /** An interceptor said so. */
  INTERCEPTOR("interceptor"),
  /** The Client Identifier is missing. */
  NO_CLIENT_ID("no-client-id"),
  /** The Server Identifier is missing. */
  NO_SERVER_ID("no-server-id"),
  /** There is a Server Identifier where none may be. */
  UNEXPECTED_SERVER_ID("unexpected-server-id"),
  /** It is for another server. */
  OTHER_SERVER("other-server"),
  /** An option that may come once came again. */
  REPEATED_OPTION("repeated-option"),
  /** An identity association in a message that has none. */
  UNEXPECTED_IA("unexpected-ia"),
  /** A Confirm without addresses, or from a link the plan does not know. */
  UNCONFIRMABLE("unconfirmable"),
  /** A Rebind of leases this server knows nothing about. */
  UNKNOWN_BINDING("unknown-binding"),
  /** The reply would not fit a datagram. */
  REPLY_TOO_LONG("reply-too-long");

  private final String counter;

  Drop(String word) {
    counter = "pkt6-drop-" + word;
  }

  @Override
  public String counter() {
    return counter;
  }
}
