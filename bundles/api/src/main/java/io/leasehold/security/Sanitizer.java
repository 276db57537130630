// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;

/**
 * Makes text from outside harmless for logs, tables and terminals: one line, nothing that moves a
 * cursor, colours, or turns the direction of writing. Names of clients, of certificates and of keys
 * go through it before people see them. May be used from any thread.
 */
public final class Sanitizer {
  /** The most characters that are left; longer text ends with three dots. */
  public static final int MAX_CHARACTERS = 256;

  private static final String CUT = "...";

  private Sanitizer() {}

  /**
   * The text with every character that is no plain visible one written as {@code \}{@code uXXXX}, a
   * backslash doubled, and at most {@link #MAX_CHARACTERS} characters; {@code null} becomes empty.
   */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (text != null && at < text.length()) {
      int codePoint = text.codePointAt(at);
      String shown = shown(codePoint);
      if (line.length() + shown.length() > MAX_CHARACTERS - CUT.length()
          && line.length() + remaining(text, at) > MAX_CHARACTERS) {
        return line.append(CUT).toString();
      }
      line.append(shown);
      at += Character.charCount(codePoint);
    }
    return line.toString();
  }

  /** The octets read as UTF-8, made harmless. */
  public static String line(Bytes octets) {
    return line(octets.slice(0, Math.min(octets.length(), 4 * MAX_CHARACTERS)).toUtf8());
  }

  /** How many characters the rest takes, counted no further than it matters. */
  private static int remaining(String text, int from) {
    int length = 0;
    int at = from;
    while (at < text.length() && length <= MAX_CHARACTERS) {
      int codePoint = text.codePointAt(at);
      length += shown(codePoint).length();
      at += Character.charCount(codePoint);
    }
    return length;
  }

  private static String shown(int codePoint) {
    if (codePoint == '\\') {
      return "\\\\";
    }
    if (harmless(codePoint)) {
      return Character.toString(codePoint);
    }
    return codePoint > 0xffff
        ? String.format("\\U%08x", codePoint)
        : String.format("\\u%04x", codePoint);
  }

  /** The categories that are left out hold C0, C1, marks of direction, joiners and half pairs. */
  private static boolean harmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }
}
