// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;

/**
 * What reading a plan found.
 *
 * @param accepted whether it can be used
 * @param findings errors first, then warnings
 * @param summary one line: how many networks, subnets, pools, reservations of each family; empty if
 *     refused
 */
public record PlanReport(boolean accepted, List<Finding> findings, String summary) {
  /** Copies the list. */
  public PlanReport {
    findings = List.copyOf(findings);
  }

  /**
   * One finding.
   *
   * @param error whether it refuses the plan; otherwise it is a warning
   * @param place {@code file:line:column}
   * @param text the offending value, what is wrong with it, and what is accepted
   */
  public record Finding(boolean error, String place, String text) {
    @Override
    public String toString() {
      return place + ": " + (error ? "error: " : "warning: ") + text;
    }
  }
}
