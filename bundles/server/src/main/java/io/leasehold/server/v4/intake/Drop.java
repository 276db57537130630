// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.server.protocol.DropReason;

/** Why a datagram is not answered. */
public enum Drop implements DropReason {
  /** It is not a DHCPv4 message, or an option in it is not what it should be. */
  MALFORMED("malformed", "it is not a DHCPv4 message, or an option in it is not what it should be"),
  /** It is BOOTP, a message without a type, and the plan does not serve such clients. */
  BOOTP("bootp", "it is BOOTP, and the plan does not serve such clients there"),
  /** A server does not take messages of this type. */
  MESSAGE_TYPE("message-type", "a server does not take messages of this type"),
  /** The plan puts its client into the class {@code DROP}. */
  CLASS("class", "the plan puts its client into the class DROP"),
  /** An interceptor said so. */
  INTERCEPTOR("interceptor", "an interceptor said so"),
  /** It has neither a client identifier nor a hardware address. */
  NO_CLIENT_ID("no-client-id", "it has neither a client identifier nor a hardware address"),
  /** It is for another server. */
  OTHER_SERVER("other-server", "it is for another server"),
  /** This server does not know an address of its own to give as its identifier. */
  NO_SERVER_ADDRESS(
      "no-server-address", "this server knows no address of its own to give as its identifier"),
  /** A client wants an address and does not say which. */
  NO_REQUESTED_ADDRESS(
      "no-requested-address", "the client wants an address and does not say which"),
  /** Nobody could send an answer to where the client is. */
  NO_RETURN_ADDRESS("no-return-address", "nobody could send an answer to where the client is"),
  /** The plan does not know the client's link. */
  UNKNOWN_LINK("unknown-link", "the plan knows no subnet for where the client is"),
  /** A lease this server knows nothing about, and does not decide about. */
  UNKNOWN_BINDING(
      "unknown-binding",
      "it is about a lease that this server knows nothing about and does not decide about"),
  /** There is no address left. */
  NO_ADDRESS("no-address", "there is no address left for the client");

  private final String counter;
  private final String meaning;

  Drop(String word, String meaning) {
    this.meaning = meaning;
    counter = "pkt4-drop-" + word;
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
