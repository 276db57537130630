// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

/** What is counted for both families. */
public enum CommonDrop implements DropReason {
  /** Messages that came. */
  RECEIVED("received"),
  /** It is larger than is allowed. */
  TOO_LARGE("drop-too-large"),
  /** It is no message. */
  MALFORMED("drop-malformed"),
  /** The agent failed at it, which is a defect. */
  DEFECT("drop-defect"),
  /** Too much came from the interface. */
  RATE_INTERFACE("drop-rate-interface"),
  /** Too much came from the address. */
  RATE_CLIENT("drop-rate-client"),
  /** It begins a conversation, and has waited because more comes than is taken. */
  LATE("drop-late"),
  /** Nobody is configured where it came from upstream. */
  UNKNOWN_SERVER("drop-unknown-server"),
  /** The channel does not admit the sender. */
  NOT_ADMITTED("drop-not-admitted"),
  /** Messages sent to clients and relay agents below. */
  RETURNED("returned"),
  /** It could not be sent to the client. */
  RETURN_FAILED("return-failed"),
  /** The relay agent below has no connection now. */
  NO_WAY_BACK("drop-no-way-back"),
  /** Messages sent to servers, each counted once for each of them. */
  FORWARDED("forwarded"),
  /** It could not be sent to an uplink. */
  FORWARD_FAILED("forward-failed"),
  /** It came over a protected hop, and the next one is not protected. */
  NOT_PROTECTED("drop-next-hop-not-protected"),
  /** No uplink would take it. */
  NO_UPLINK("drop-no-uplink"),
  /** Access-network identifiers were left out towards a hop that is not confidential. */
  IDENTIFIERS_STRIPPED("access-identifiers-stripped");

  private final String counter;

  CommonDrop(String counter) {
    this.counter = counter;
  }

  @Override
  public String counter() {
    return counter;
  }
}
