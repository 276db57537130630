// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.server.expression.Token.Kind;

/** Divides an expression into words, one at a time. */
final class Lexer {
  private static final String SYMBOLS = "()[].,+*";

  private final String text;
  private int at;
  private Token peeked;

  Lexer(String text) {
    this.text = text;
  }

  /** The next word, which stays. */
  Token peek() throws ExpressionException {
    if (peeked == null) {
      peeked = read();
    }
    return peeked;
  }

  /** The next word. */
  Token next() throws ExpressionException {
    Token token = peek();
    peeked = null;
    return token;
  }

  /** The next word, which has to be this symbol. */
  Token expect(String symbol, String where) throws ExpressionException {
    Token token = next();
    if (!token.isSymbol(symbol)) {
      throw new ExpressionException(
          token.column(), token.shown() + " " + where + "; accepted is \"" + symbol + "\"");
    }
    return token;
  }

  /** Whether the next word is this symbol, which is then taken. */
  boolean takes(String symbol) throws ExpressionException {
    boolean is = peek().isSymbol(symbol);
    peeked = is ? null : peeked;
    return is;
  }

  /** What is up to a closing bracket, which is taken too; the opening one was the last word. */
  Token bracketed() throws ExpressionException {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw new ExpressionException(at, "nothing closes this bracket; accepted is \"]\"");
    }
    skipBlanks();
    Token inside = new Token(Kind.WORD, text.substring(at, end).trim(), at + 1);
    at = end + 1;
    return inside;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Token read() throws ExpressionException {
    skipBlanks();
    if (at == text.length()) {
      return new Token(Kind.END, "", at + 1);
    }
    char first = text.charAt(at);
    if (first == '\'') {
      return quoted();
    }
    if (text.startsWith("==", at)) {
      return take(Kind.SYMBOL, at + 2);
    }
    int address = endOfAddress();
    if (address > 0) {
      return take(Kind.ADDRESS, address);
    }
    if (SYMBOLS.indexOf(first) >= 0) {
      return take(Kind.SYMBOL, at + 1);
    }
    if (isDigit(first) || first == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
      return number();
    }
    if (isLetter(first)) {
      return take(Kind.WORD, end(at, c -> isLetter(c) || isDigit(c) || c == '-' || c == '_'));
    }
    throw unexpected(first);
  }

  private ExpressionException unexpected(char found) {
    String instead =
        switch (found) {
          case '=' -> "; values are compared with \"==\"";
          case '"' -> "; a text is in single quotation marks";
          case '!' -> "; a condition is turned round with \"not\"";
          case '&' -> "; conditions are joined with \"and\"";
          case '|' -> "; conditions are joined with \"or\"";
          default -> "";
        };
    return new ExpressionException(at + 1, "'" + found + "' means nothing here" + instead);
  }

  private Token quoted() throws ExpressionException {
    int start = at + 1;
    int end = text.indexOf('\'', start);
    if (end < 0) {
      throw new ExpressionException(start, "nothing closes this quotation mark");
    }
    Token token = new Token(Kind.TEXT, text.substring(start, end), start);
    at = end + 1;
    return token;
  }

  private Token number() {
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      return take(Kind.HEX, end(at + 2, c -> c < 128 && Character.digit(c, 16) >= 0));
    }
    return take(Kind.INTEGER, end(at + 1, Lexer::isDigit));
  }

  /** Where an address ends that begins here; 0 if none does. */
  private int endOfAddress() {
    int end = end(at, c -> c == ':' || c == '.' || c < 128 && Character.digit(c, 16) >= 0);
    String run = text.substring(at, end);
    boolean six = run.indexOf(':') >= 0;
    boolean four = isDigit(run.isEmpty() ? '.' : run.charAt(0)) && run.indexOf('.') > 0;
    return six || four ? end : 0;
  }

  private Token take(Kind kind, int end) {
    Token token = new Token(kind, text.substring(at, end), at + 1);
    at = end;
    return token;
  }

  private int end(int from, CharTest test) {
    int end = from;
    while (end < text.length() && test.holds(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  @FunctionalInterface
  private interface CharTest {
    boolean holds(char c);
  }
}
