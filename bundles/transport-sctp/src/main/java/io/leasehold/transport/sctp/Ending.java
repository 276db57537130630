// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

/** Why an association ended; each is a counter. */
enum Ending {
  CLOSED("closed", false),
  CLOSED_BY_PEER("closed-by-peer", false),
  DRAINED("drained", false),
  REPLACED("replaced-by-newer", false),
  CONNECT_FAILED("connect-failed", true),
  CONNECTION_LOST("connection-lost", true),
  CHANNEL_DOWN("channel-down", true),
  SILENT("handshake-timeout", true),
  MESSAGE_TOO_LONG("frame-invalid", true),
  MESSAGE_TIMEOUT("frame-timeout", true),
  IDLE("idle", true),
  STALLED("stalled", true),
  QUEUE_FULL("queue-full", true),
  DISPLACED("displaced", true);

  private final String counter;
  private final boolean failure;

  Ending(String counter, boolean failure) {
    this.counter = counter;
    this.failure = failure;
  }

  /** Name of its counter. */
  String counter() {
    return counter;
  }

  /** Whether somebody should hear of it, and the association is aborted. */
  boolean isFailure() {
    return failure;
  }
}
