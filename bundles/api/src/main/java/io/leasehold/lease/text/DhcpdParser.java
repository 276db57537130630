// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.text.DhcpdScanner.Kind;
import io.leasehold.lease.text.DhcpdScanner.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the words of a file of ISC dhcpd together into statements. Any input gives statements: what
 * is nested too deep or too long is left out. For one thread.
 */
public final class DhcpdParser {
  private static final int DEEPEST = 32;
  private static final int MOST_WORDS = 1_000;

  private final DhcpdScanner in;

  /** Reads from a scanner. */
  public DhcpdParser(DhcpdScanner in) {
    this.in = in;
  }

  /** The next statement that is in no other; empty at the end. Blocks as the reader does. */
  public Optional<DhcpdStatement> next() throws IOException {
    for (Token token = in.next(); token.kind() != Kind.END; token = in.next()) {
      if (!token.is(';') && !token.is('}') && !token.is('{')) {
        return Optional.of(statement(token, 0));
      }
    }
    return Optional.empty();
  }

  private DhcpdStatement statement(Token first, int depth) throws IOException {
    List<Token> words = new ArrayList<>();
    boolean defines = false;
    for (Token token = first; token.kind() != Kind.END && !token.is(';'); token = in.next()) {
      if (token.is('{') && !defines) {
        return new DhcpdStatement(words, body(depth + 1), true);
      }
      // The braces of "option x code 1 = { text, boolean }" are no block.
      defines |= token.is('=') && words.get(0).text().equals("option");
      if (words.size() < MOST_WORDS) {
        words.add(token);
      }
    }
    return new DhcpdStatement(words, List.of(), false);
  }

  private List<DhcpdStatement> body(int depth) throws IOException {
    List<DhcpdStatement> inner = new ArrayList<>();
    if (depth > DEEPEST) {
      skipBody();
      return inner;
    }
    for (Token token = in.next(); token.kind() != Kind.END && !token.is('}'); token = in.next()) {
      if (!token.is(';') && !token.is('{')) {
        inner.add(statement(token, depth));
      }
    }
    return inner;
  }

  private void skipBody() throws IOException {
    int open = 1;
    while (open > 0) {
      Token token = in.next();
      if (token.kind() == Kind.END) {
        return;
      }
      open += token.is('{') ? 1 : token.is('}') ? -1 : 0;
    }
  }
}
