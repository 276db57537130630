// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Names and values, a line each, values under each other. */
final class FactLines {
  /** Few enough digits for every reader of JSON; a digest of digits stays a text. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");

  private FactLines() {}

  /** The same for programs: what is a whole number becomes one. */
  static Map<String, Object> typed(Map<String, String> facts) {
    Map<String, Object> typed = new LinkedHashMap<>();
    facts.forEach(
        (name, value) ->
            typed.put(name, NUMBER.matcher(value).matches() ? Long.valueOf(value) : value));
    return typed;
  }

  static void print(PrintStream out, Map<String, ?> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + value));
  }
}
