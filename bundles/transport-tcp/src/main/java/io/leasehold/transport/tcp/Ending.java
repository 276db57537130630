// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.security.CloseReason;

/** Why a connection ended; each is a counter. */
enum Ending {
  CLOSED("closed", false),
  CLOSED_BY_PEER("closed-by-peer", false),
  DRAINED("drained", false),
  REPLACED("replaced-by-newer", false),
  CONNECT_FAILED("connect-failed", true),
  CONNECTION_LOST("connection-lost", true),
  CHANNEL_DOWN("channel-down", true),
  FIRST_OCTETS("first-octets-refused", true),
  STARTTLS_REFUSED("starttls-refused", true),
  STARTTLS_UNANSWERED("starttls-unanswered", true),
  HANDSHAKE_FAILED("handshake-failed", true),
  HANDSHAKE_TIMEOUT("handshake-timeout", true),
  HANDSHAKE_TOO_LONG("handshake-too-long", true),
  PROTECTION_FAILED("protection-failed", true),
  FRAME_INVALID("frame-invalid", true),
  FRAME_TIMEOUT("frame-timeout", true),
  IDLE("idle", true),
  PEER_SILENT("peer-silent", true),
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

  /** What the channel tells the peer. */
  CloseReason closeReason() {
    return switch (this) {
      case DRAINED, REPLACED -> CloseReason.DRAINED;
      case CHANNEL_DOWN -> CloseReason.REVOKED;
      case HANDSHAKE_TIMEOUT, FRAME_TIMEOUT, IDLE, PEER_SILENT, STALLED -> CloseReason.TIMEOUT;
      case FRAME_INVALID, HANDSHAKE_TOO_LONG, FIRST_OCTETS -> CloseReason.VIOLATION;
      default -> CloseReason.DONE;
    };
  }

  /** Whether somebody should hear of it. */
  boolean isFailure() {
    return failure;
  }
}
