// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.io.PrintStream;
import java.util.Map;

/** Names and values, a line each, values under each other. */
final class FactLines {
  private FactLines() {}

  static void print(PrintStream out, Map<String, ?> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + value));
  }
}
