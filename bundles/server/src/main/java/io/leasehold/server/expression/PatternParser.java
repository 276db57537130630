// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.PatternPart.Either;
import io.leasehold.server.expression.PatternPart.Octets;
import io.leasehold.server.expression.PatternPart.Repeat;
import io.leasehold.server.expression.PatternPart.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads regular expressions as ECMAScript has them, without what needs to look back or ahead:
 * characters, {@code .}, sets, {@code \d \w \s}, groups, {@code |}, {@code * + ? {n,m}}, {@code ^}
 * and {@code $}.
 */
final class PatternParser {
  private static final int MOST_TIMES = 1000;
  private static final int MAX_DEPTH = 32;

  private final Bytes text;
  private int at;
  private int depth;

  private PatternParser(Bytes text) {
    this.text = text;
  }

  /**
   * The pattern.
   *
   * @throws IllegalArgumentException if the text is none, saying why
   */
  static PatternPart parse(Bytes text) {
    PatternParser parser = new PatternParser(text);
    PatternPart part = parser.either();
    if (parser.at < text.length()) {
      throw parser.wrong("nothing opens this parenthesis");
    }
    return part;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + ", at its character " + (at + 1));
  }

  private boolean isNext(char c) {
    return at < text.length() && text.at(at) == c;
  }

  private boolean takes(char c) {
    boolean is = isNext(c);
    at += is ? 1 : 0;
    return is;
  }

  private PatternPart either() {
    if (++depth > MAX_DEPTH) {
      throw wrong("groups within more than " + MAX_DEPTH + " others");
    }
    List<PatternPart> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (takes('|'));
    depth--;
    return parts.size() == 1 ? parts.get(0) : new Either(parts);
  }

  private PatternPart sequence() {
    List<PatternPart> parts = new ArrayList<>();
    while (at < text.length() && !isNext('|') && !isNext(')')) {
      parts.add(repeated(atom()));
    }
    return new Sequence(parts);
  }

  private PatternPart repeated(PatternPart atom) {
    if (takes('*')) {
      return repeat(atom, 0, -1);
    }
    if (takes('+')) {
      return repeat(atom, 1, -1);
    }
    if (takes('?')) {
      return repeat(atom, 0, 1);
    }
    if (!takes('{')) {
      return atom;
    }
    int least = times();
    int most = least;
    if (takes(',')) {
      most = isNext('}') ? -1 : times();
    }
    if (!takes('}') || most >= 0 && most < least) {
      throw wrong("repetitions are like {3}, {3,} and {3,5}");
    }
    return repeat(atom, least, most);
  }

  /** Whether as few as possible are taken does not matter to the whole. */
  private PatternPart repeat(PatternPart atom, int least, int most) {
    if (atom instanceof PatternPart.Edge) {
      throw wrong("the edge of the value cannot be repeated");
    }
    takes('?');
    if (isNext('*') || isNext('+') || isNext('?') || isNext('{')) {
      throw wrong("this cannot be repeated");
    }
    return new Repeat(atom, least, most);
  }

  private int times() {
    int start = at;
    int times = 0;
    while (at < text.length() && text.at(at) >= '0' && text.at(at) <= '9' && times <= MOST_TIMES) {
      times = 10 * times + text.at(at++) - '0';
    }
    if (at == start || times > MOST_TIMES) {
      throw wrong("a number of times from 0 to " + MOST_TIMES + " is needed");
    }
    return times;
  }

  private PatternPart atom() {
    int c = text.at(at++);
    return switch (c) {
      case '^' -> new PatternPart.Edge(false);
      case '$' -> new PatternPart.Edge(true);
      case '(' -> group();
      case '[' -> new Octets(new PatternSet(text, at).read(end -> at = end));
      case '.' -> new Octets(PatternSet.but(PatternSet.of('\n', '\r')));
      case '\\' -> escaped();
      case '*', '+', '?', '{' -> {
        at--;
        throw wrong("there is nothing to repeat");
      }
      default -> new Octets(PatternSet.of(c));
    };
  }

  private PatternPart group() {
    if (takes('?') && !takes(':')) {
      throw wrong("of groups with \"?\" only (?: is accepted: nothing looks ahead or back");
    }
    PatternPart inner = either();
    if (!takes(')')) {
      throw wrong("nothing closes a group");
    }
    return inner;
  }

  private PatternPart escaped() {
    PatternEscape escape = PatternEscape.read(text, at);
    at = escape.end();
    return new Octets(escape.set());
  }
}
