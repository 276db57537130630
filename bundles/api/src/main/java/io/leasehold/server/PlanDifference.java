// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.lease.Lease;
import java.util.List;

/**
 * How a plan differs from the one in force, and what that would do to leases.
 *
 * @param report what reading the plan found
 * @param digest names the content of the plan; empty if it is refused
 * @param changes every difference, in the order of the documents; what is removed comes last
 * @param orphans how many active leases would be in no pool and of no reservation any more; 0 if
 *     the plan is refused
 * @param examples some of those leases
 */
public record PlanDifference(
    PlanReport report,
    String digest,
    List<PlanChange> changes,
    long orphans,
    List<Lease> examples) {
  /** Copies the lists. */
  public PlanDifference {
    changes = List.copyOf(changes);
    examples = List.copyOf(examples);
  }
}
