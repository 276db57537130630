// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.server.protocol.DropReason;

/** Why a datagram is not answered. */
public enum Drop implements DropReason {
  /** It is not a DHCPv6 message, or an option in it is not what it should be. */
  MALFORMED("malformed", "it is not a DHCPv6 message, or an option in it is not what it should be"),
  /** A client sent it to a unicast address (obsolete since RFC 9915). */
  UNICAST("unicast", "a client sent it to a unicast address, which RFC 9915 leaves no room for"),
  /** A server does not take messages of this type. */
  MESSAGE_TYPE("message-type", "a server does not take messages of this type"),
  /** The plan puts its client into the class {@code DROP}. */
  CLASS("class", "the plan puts its client into the class DROP"),
  /** An interceptor said so. */
  INTERCEPTOR("interceptor", "an interceptor said so"),
  /** The Client Identifier is missing. */
  NO_CLIENT_ID("no-client-id", "the Client Identifier is missing"),
  /** The Server Identifier is missing. */
  NO_SERVER_ID("no-server-id", "the Server Identifier is missing"),
  /** There is a Server Identifier where none may be. */
  UNEXPECTED_SERVER_ID("unexpected-server-id", "it has a Server Identifier where none may be"),
  /** It is for another server. */
  OTHER_SERVER("other-server", "it is for another server"),
  /** An option that may come once came again. */
  REPEATED_OPTION("repeated-option", "an option that may come once came again"),
  /** An identity association in a message that has none. */
  UNEXPECTED_IA("unexpected-ia", "it has an identity association where none may be"),
  /** A Confirm without addresses, or from a link the plan does not know. */
  UNCONFIRMABLE(
      "unconfirmable", "a Confirm without addresses, or from a link that the plan does not know"),
  /** A Rebind of leases this server knows nothing about. */
  UNKNOWN_BINDING("unknown-binding", "it is about leases that this server knows nothing about"),
  /** The reply would not fit a datagram. */
  REPLY_TOO_LONG("reply-too-long", "the answer would not fit into a datagram");

  private final String counter;
  private final String meaning;

  Drop(String word, String meaning) {
    this.meaning = meaning;
    counter = "pkt6-drop-" + word;
  }

  @Override
  public String counter() {
    return counter;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
