// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text what is written, of a text what is between its quotation marks
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, int column) {
  /** What a word is. */
  enum Kind {
    /** {@code 'text'}. */
    TEXT,
    /** {@code 0x0a0b}. */
    HEX,
    /** {@code 123} or {@code -1}. */
    INTEGER,
    /** {@code 192.0.2.1} or {@code 2001:db8::1}. */
    ADDRESS,
    /** {@code option}, {@code vendor-class}, {@code and}. */
    WORD,
    /** One of {@code ( ) [ ] . , + *}, and {@code ==}. */
    SYMBOL,
    /** Nothing more. */
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** For messages. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "'" + text + "'";
      default -> "\"" + text + "\"";
    };
  }
}
