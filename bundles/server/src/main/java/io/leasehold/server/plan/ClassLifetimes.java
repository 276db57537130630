// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.server.plan.Lifetimes.Range;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lifetimes that a class dictates to its members, in whatever subnet they are; in seconds.
 *
 * @param valid valid lifetime
 * @param preferred preferred lifetime
 * @param offerSeconds how long a DHCPv4 address is kept for a client it was offered to
 */
public record ClassLifetimes(
    Optional<Range> valid, Optional<Range> preferred, OptionalLong offerSeconds) {
  /** The subnet decides. */
  public static final ClassLifetimes NONE =
      new ClassLifetimes(Optional.empty(), Optional.empty(), OptionalLong.empty());
}
