// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import java.util.List;

/**
 * What an import did.
 *
 * @param lines how many lines were read
 * @param changes how many leases and notes were written or removed; a lease with several lines
 *     counts for each
 * @param refused how many lines were refused
 * @param problems the first of what was refused, a sentence each with file, line, value and remedy
 * @param remarks what was understood and not taken over
 */
public record ImportReport(
    long lines, long changes, long refused, List<String> problems, List<String> remarks) {
  /** Copies the lists. */
  public ImportReport {
    problems = List.copyOf(problems);
    remarks = List.copyOf(remarks);
  }
}
