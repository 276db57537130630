// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/**
 * How a provider is with a profile.
 *
 * @param state whether channels can be made
 * @param reason why it is not ready; empty if it is
 */
public record Health(State state, String reason) {
  /** Whether channels can be made. */
  public enum State {
    /** They can. */
    READY,
    /** They can, but something wants attention. */
    DEGRADED,
    /** They cannot. */
    UNUSABLE
  }

  /** All is well. */
  public static final Health READY = new Health(State.READY, "");

  /** Works, with a complaint. */
  public static Health degraded(String reason) {
    return new Health(State.DEGRADED, reason);
  }

  /** Does not work. */
  public static Health unusable(String reason) {
    return new Health(State.UNUSABLE, reason);
  }

  /** Whether channels can be made. */
  public boolean usable() {
    return state != State.UNUSABLE;
  }
}
