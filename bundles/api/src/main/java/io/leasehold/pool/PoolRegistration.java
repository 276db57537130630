// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import java.time.Instant;
import java.util.Objects;

/**
 * A pool that a server of this host belongs to, or should.
 *
 * @param handle of the pool
 * @param member as it is or would be registered
 * @param policy as in {@link PoolView#policy}
 * @param state how it stands
 * @param why it is so, a sentence; empty if there is nothing to say
 * @param since when the state began
 */
public record PoolRegistration(
    PoolHandle handle, PoolMember member, String policy, State state, String why, Instant since) {
  /** How a registration stands. */
  public enum State {
    /** The server is not ready to answer, so nobody is to find it. */
    NOT_READY,
    /** A registrar was asked, or is looked for. */
    REGISTERING,
    /** Pool users find it. */
    REGISTERED,
    /** A registrar has refused it, and why says what to do. */
    REFUSED,
    /** It is being taken back. */
    LEAVING,
    /** An operator has taken it out of the pool. */
    DRAINED
  }

  /** Rejects null. */
  public PoolRegistration {
    Objects.requireNonNull(handle);
    Objects.requireNonNull(member);
    Objects.requireNonNull(policy);
    Objects.requireNonNull(state);
    Objects.requireNonNull(why);
    Objects.requireNonNull(since);
  }
}
