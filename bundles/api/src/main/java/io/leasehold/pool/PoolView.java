// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a pool at some time.
 *
 * @param handle of the pool
 * @param state how well it is known
 * @param policy by which members are selected, a word in kebab case: {@code client-hash}, {@code
 *     round-robin}; empty while nothing is known
 * @param members by identifier; may be empty in each state
 * @param since when the state began
 * @param assurance what the connection vouches for by which it was learned; nothing if it was read
 *     from disk
 */
public record PoolView(
    PoolHandle handle,
    State state,
    String policy,
    List<PoolMember> members,
    Instant since,
    Assurance assurance) {
  /** How well a pool is known. */
  public enum State {
    /** A registrar keeps it up to date. */
    CURRENT,
    /** It was so once, and no registrar can be asked; it is used nevertheless, for ever. */
    STALE,
    /** No registrar has ever told of it. */
    UNKNOWN
  }

  /** Copies the members. */
  public PoolView {
    Objects.requireNonNull(handle);
    Objects.requireNonNull(state);
    Objects.requireNonNull(policy);
    members = List.copyOf(members);
    Objects.requireNonNull(since);
    Objects.requireNonNull(assurance);
  }

  /** Of a pool that nobody has told of. */
  public static PoolView unknown(PoolHandle handle, Instant since) {
    return new PoolView(handle, State.UNKNOWN, "", List.of(), since, Assurance.NONE);
  }
}
