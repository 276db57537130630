// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.util.List;

/** Shows the lines in which a text differs from another, from the first to the last of them. */
final class LineDiff {
  private static final int AROUND = 3;

  private LineDiff() {}

  /** As {@code diff -u} does, in one hunk; empty for equal texts. */
  static String of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> fresh = after.lines().toList();
    int same = 0;
    while (same < Math.min(old.size(), fresh.size()) && old.get(same).equals(fresh.get(same))) {
      same++;
    }
    int end = 0;
    while (end < Math.min(old.size(), fresh.size()) - same
        && old.get(old.size() - 1 - end).equals(fresh.get(fresh.size() - 1 - end))) {
      end++;
    }
    if (same == old.size() && same == fresh.size()) {
      return "";
    }
    int first = Math.max(0, same - AROUND);
    int oldLast = Math.min(old.size(), old.size() - end + AROUND);
    int freshLast = Math.min(fresh.size(), fresh.size() - end + AROUND);
    StringBuilder lines = new StringBuilder();
    lines.append(
        "@@ -%d,%d +%d,%d @@\n"
            .formatted(first + 1, oldLast - first, first + 1, freshLast - first));
    append(' ', old.subList(first, same), lines);
    append('-', old.subList(same, old.size() - end), lines);
    append('+', fresh.subList(same, fresh.size() - end), lines);
    append(' ', old.subList(old.size() - end, oldLast), lines);
    return lines.toString();
  }

  private static void append(char mark, List<String> some, StringBuilder to) {
    some.forEach(line -> to.append(mark).append(line).append('\n'));
  }
}
