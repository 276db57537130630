// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * The words of the files of ISC dhcpd, {@code dhcpd.conf} and {@code dhcpd.leases}. Any input gives
 * tokens and then {@link Kind#END} for ever. For one thread.
 */
public final class DhcpdScanner {
  /** Longer words and texts are cut. */
  private static final int LONGEST = 65_536;

  private static final int END_OF_INPUT = -1;

  /** Kinds of tokens. */
  public enum Kind {
    /** Letters, digits and what addresses and names have between them. */
    WORD,
    /** A text in quotation marks; each character stands for one octet. */
    TEXT,
    /** One other character. */
    MARK,
    /** There is no more. */
    END
  }

  /**
   * A token.
   *
   * @param kind what it is
   * @param text without quotation marks, escapes resolved
   * @param line where it begins, from 1
   */
  public record Token(Kind kind, String text, int line) {
    /** Whether it is a mark. */
    public boolean is(char mark) {
      return kind == Kind.MARK && text.charAt(0) == mark;
    }
  }

  private final PushbackReader in;
  private int line;

  /**
   * Reads characters, each of which stands for an octet where it is not ASCII.
   *
   * @param line of the first one
   */
  public DhcpdScanner(Reader in, int line) {
    this.in = new PushbackReader(in, 1);
    this.line = line;
  }

  /** The next token. Blocks as the reader does. */
  public Token next() throws IOException {
    int c = read();
    while (c == '#' || c != END_OF_INPUT && c <= ' ') {
      c = c == '#' ? endOfComment() : read();
    }
    int begin = line;
    if (c == END_OF_INPUT) {
      return new Token(Kind.END, "", begin);
    }
    if (c == '"') {
      return new Token(Kind.TEXT, text(), begin);
    }
    if (!isPartOfWord(c)) {
      return new Token(Kind.MARK, String.valueOf((char) c), begin);
    }
    StringBuilder word = new StringBuilder();
    for (; isPartOfWord(c); c = read()) {
      append(word, c);
    }
    unread(c);
    return new Token(Kind.WORD, word.toString(), begin);
  }

  private int endOfComment() throws IOException {
    int c = read();
    while (c != '\n' && c != END_OF_INPUT) {
      c = read();
    }
    return c;
  }

  private static boolean isPartOfWord(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == ':'
        || c == '/'
        || c > 127;
  }

  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = read(); c != '"' && c != END_OF_INPUT; c = read()) {
      append(text, c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private int escaped() throws IOException {
    int c = read();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'x' -> digits(0, 16, 2);
      case '0', '1', '2', '3' -> digits(c - '0', 8, 2);
      default -> c;
    };
  }

  private int digits(int first, int radix, int most) throws IOException {
    int value = first;
    for (int i = 0; i < most; i++) {
      int c = read();
      int digit = c < 0 ? -1 : Character.digit(c, radix);
      if (digit < 0) {
        unread(c);
        break;
      }
      value = value * radix + digit;
    }
    return value & 0xff;
  }

  private static void append(StringBuilder to, int c) {
    if (to.length() < LONGEST && c != END_OF_INPUT) {
      to.append((char) c);
    }
  }

  private int read() throws IOException {
    int c = in.read();
    line += c == '\n' ? 1 : 0;
    return c;
  }

  private void unread(int c) throws IOException {
    if (c != END_OF_INPUT) {
      in.unread(c);
      line -= c == '\n' ? 1 : 0;
    }
  }
}
