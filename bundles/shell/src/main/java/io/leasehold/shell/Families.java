// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The two families in the words of operators. */
final class Families {
  /** Both words. */
  static final List<String> WORDS = Arrays.stream(Family.values()).map(Families::word).toList();

  private Families() {}

  static String word(Family family) {
    return family == Family.IPV6 ? "v6" : "v4";
  }

  /** The family that a user names; empty if the text is null. */
  static Optional<Family> read(String text) throws CommandFailure {
    if (text == null) {
      return Optional.empty();
    }
    int at = WORDS.indexOf(text);
    if (at < 0) {
      throw new CommandFailure("'" + text + "' is not a family; families are v6 and v4");
    }
    return Optional.of(Family.values()[at]);
  }
}
