// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what was meant by a misspelt word. */
public final class NearestWord {
  private NearestWord() {}

  /** The known word that differs least; empty if none is close. */
  public static Optional<String> of(String word, Collection<String> known) {
    int most = Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(c -> c));
  }

  /** Whether a word differs from a known one by no more than two characters. */
  static boolean isSlip(String word, Collection<String> known) {
    return of(word, known).filter(near -> distance(word, near) <= 2).isPresent();
  }

  /** {@code ; did you mean "x"?}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    return word.length() > 60
        ? ""
        : of(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /** How many characters to insert, remove, replace or swap with their neighbour. */
  private static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
