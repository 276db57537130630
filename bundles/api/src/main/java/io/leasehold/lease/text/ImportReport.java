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
 * @param remarks what was understood and changes nothing
 * @param changed leases that were taken and mean something else here, or have lost something
 * @param left what was understood and has no place here
 */
public record ImportReport(
    long lines,
    long changes,
    long refused,
    List<String> problems,
    List<String> remarks,
    Part changed,
    Part left) {

  /**
   * A part of what was read.
   *
   * @param count how many leases or statements
   * @param first the first of them, a sentence each with file and line
   */
  public record Part(long count, List<String> first) {
    /** Nothing. */
    public static final Part NONE = new Part(0, List.of());

    /** Copies the list. */
    public Part {
      first = List.copyOf(first);
    }
  }

  /** Copies the lists. */
  public ImportReport {
    problems = List.copyOf(problems);
    remarks = List.copyOf(remarks);
  }

  /** One of an import that changed and left nothing. */
  public ImportReport(
      long lines, long changes, long refused, List<String> problems, List<String> remarks) {
    this(lines, changes, refused, problems, remarks, Part.NONE, Part.NONE);
  }

  /** Whether all that was read is here as it was there. */
  public boolean isExact() {
    return refused == 0 && changed.count() == 0 && left.count() == 0;
  }
}
