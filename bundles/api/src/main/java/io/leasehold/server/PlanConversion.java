// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;

/**
 * What became of the configuration of another server.
 *
 * @param document the plan document that it makes
 * @param entries what became of each statement, in the order of its files
 * @param report what reading the document found
 */
public record PlanConversion(String document, List<Entry> entries, PlanReport report) {
  /** What became of a statement. */
  public enum Outcome {
    /** It means the same in the document. */
    CONVERTED,
    /** It means something else, or nothing. */
    CHANGED,
    /** It is not in the document, and clients may get something else for it. */
    NOT_CONVERTED
  }

  /**
   * One statement.
   *
   * @param outcome what became of it
   * @param place {@code file:line}
   * @param text its first words and, unless it is converted, what is different
   */
  public record Entry(Outcome outcome, String place, String text) {
    @Override
    public String toString() {
      return place + ": " + text;
    }
  }

  /** Copies the list. */
  public PlanConversion {
    entries = List.copyOf(entries);
  }

  /** The statements with an outcome. */
  public List<Entry> entries(Outcome outcome) {
    return entries.stream().filter(entry -> entry.outcome() == outcome).toList();
  }
}
