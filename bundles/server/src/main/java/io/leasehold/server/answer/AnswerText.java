// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.server.protocol.Outcome;

/** Answers in words. */
public final class AnswerText {
  private AnswerText() {}

  /** Where one goes. */
  public static String to(Outcome outcome) {
    return " to "
        + outcome.destinationOrNull().address()
        + " port "
        + outcome.destinationOrNull().port();
  }

  /** What one waits for; empty for nothing. */
  public static String after(Outcome outcome) {
    if (outcome.probeOrNull() != null) {
      return "when a ping says that nobody uses the address";
    }
    int changes = outcome.changes().size();
    return changes == 0
        ? ""
        : "when " + changes + (changes == 1 ? " lease is" : " leases are") + " durable";
  }
}
