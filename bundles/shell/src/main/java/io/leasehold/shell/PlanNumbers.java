// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.List;

/** Numbers of kept plans as users write them. */
final class PlanNumbers {
  private PlanNumbers() {}

  /** The one number. */
  static long read(List<String> words) throws CommandFailure {
    if (words.size() == 1 && words.get(0).matches("[1-9][0-9]{0,17}")) {
      return Long.parseLong(words.get(0));
    }
    throw new CommandFailure(
        "'" + String.join(" ", words) + "' is not a number of dhcp:plan-history");
  }
}
