// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the elements of a list or the members of an object are in a text that the reader accepts.
 * An inclusion counts as a value.
 *
 * @param open where the bracket opens; -1 if the whole text is what is in the brackets
 * @param close where it closes, or the end of the text
 */
record JsonSpans(int open, int close, List<Span> elements) {
  private static final int NONE = -1;

  /**
   * One element, or one key with its value.
   *
   * @param from its first character
   * @param to behind its last one
   * @param comma where the comma is that follows; -1 if none does
   */
  record Span(int from, int to, int comma) {}

  /** Reads what is in the bracket that opens somewhere. */
  static JsonSpans in(String text, int open) {
    List<Span> elements = new ArrayList<>();
    int from = NONE;
    int to = NONE;
    int depth = 0;
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      int passed = meaningless(text, at);
      if (passed > at) {
        at = passed;
        continue;
      }
      boolean closes = c == ']' || c == '}';
      if (depth == 0 && (closes || c == ',')) {
        if (from != NONE) {
          elements.add(new Span(from, to, closes ? NONE : at));
          from = NONE;
        }
        if (closes) {
          break;
        }
        at++;
        continue;
      }
      depth += c == '[' || c == '{' ? 1 : closes ? -1 : 0;
      from = from == NONE ? at : from;
      at = token(text, at);
      to = at;
    }
    if (from != NONE) {
      elements.add(new Span(from, to, NONE));
    }
    return new JsonSpans(open, at, List.copyOf(elements));
  }

  /** Behind the value that begins somewhere. */
  static int endOfValue(String text, int from) {
    char first = text.charAt(from);
    if (first == '[' || first == '{') {
      return in(text, from).close() + 1;
    }
    int at = token(text, from);
    while (first != '"' && at < text.length() && isPartOfWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
  }

  /** Behind the blank or comment here; the same place if there is none. */
  static int meaningless(String text, int at) {
    char c = text.charAt(at);
    if (isBlank(c)) {
      return at + 1;
    }
    if (c == '#' || text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\ufeff';
  }

  /** Behind the text or inclusion here, or behind the character. */
  private static int token(String text, int at) {
    if (text.startsWith("<?", at)) {
      int end = text.indexOf("?>", at);
      return end < 0 ? text.length() : end + 2;
    }
    if (text.charAt(at) != '"') {
      return at + 1;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }
}
