// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import java.util.List;
import java.util.Objects;

/**
 * How a client is served by a pool.
 *
 * @param handle of the pool
 * @param policy as in {@link PoolView#policy}
 * @param steps members in the order in which they are tried
 */
public record PoolTrace(PoolHandle handle, String policy, List<Step> steps) {
  /** Copies the steps. */
  public PoolTrace {
    Objects.requireNonNull(handle);
    Objects.requireNonNull(policy);
    steps = List.copyOf(steps);
  }

  /**
   * A member.
   *
   * @param member itself
   * @param why it has this place, in a few words: {@code score 0.8231}, {@code rank 100}
   */
  public record Step(PoolMember member, String why) {
    /** Rejects null. */
    public Step {
      Objects.requireNonNull(member);
      Objects.requireNonNull(why);
    }
  }
}
