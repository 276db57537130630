// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.text.DhcpdScanner.Token;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement of a file of ISC dhcpd.
 *
 * @param words up to the semicolon or the brace; at least one
 * @param inner the statements in the braces
 * @param block whether it has braces
 */
public record DhcpdStatement(List<Token> words, List<DhcpdStatement> inner, boolean block) {
  private static final int SHOWN = 6;

  /** Copies the lists. */
  public DhcpdStatement {
    words = List.copyOf(words);
    inner = List.copyOf(inner);
  }

  /** The text of a word; empty if there are not so many. */
  public String word(int index) {
    return index < words.size() ? words.get(index).text() : "";
  }

  /** Where it begins, from 1. */
  public int line() {
    return words.get(0).line();
  }

  /** Its first words, for a message. */
  public String shown() {
    return words.stream().limit(SHOWN).map(Token::text).collect(Collectors.joining(" "));
  }

  /** What follows the first word of the first inner statement that begins with a word. */
  public String value(String name) {
    for (DhcpdStatement statement : inner) {
      if (statement.word(0).equals(name)) {
        return statement.rest(1);
      }
    }
    return "";
  }

  /** Its words from one on, with blanks between. */
  public String rest(int from) {
    return words.stream().skip(from).map(Token::text).collect(Collectors.joining(" "));
  }
}
