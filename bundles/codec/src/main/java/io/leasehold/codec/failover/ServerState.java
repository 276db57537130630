// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import java.util.Optional;

/** What a server does in a relationship (RFC 8156 sections 5.5.16 and 8). */
public enum ServerState {
  /** It has just begun; never sent, a flag beside the former state says it. */
  STARTUP(1),
  /** Both work together. */
  NORMAL(2),
  /** They cannot hear each other. */
  COMMUNICATIONS_INTERRUPTED(3),
  /** The other one is known not to work. */
  PARTNER_DOWN(4),
  /** Both may have given the same: they compare. */
  POTENTIAL_CONFLICT(5),
  /** It learns what it missed. */
  RECOVER(6),
  /** It has learned, and waits until what it cannot know has ended. */
  RECOVER_WAIT(7),
  /** It is ready to work again. */
  RECOVER_DONE(8),
  /** They lost each other while they compared. */
  RESOLUTION_INTERRUPTED(9),
  /** The primary has compared, and serves. */
  CONFLICT_DONE(10);

  private static final ServerState[] VALUES = values();

  private final int code;

  ServerState(int code) {
    this.code = code;
  }

  /** The number in the option. */
  public int code() {
    return code;
  }

  /** The name as the RFC writes it, {@code COMMUNICATIONS-INTERRUPTED}. */
  public String word() {
    return name().replace('_', '-');
  }

  /** The state of a number, if it has one. */
  public static Optional<ServerState> of(int code) {
    return code > 0 && code <= VALUES.length ? Optional.of(VALUES[code - 1]) : Optional.empty();
  }
}
