// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** Reads a set of octets in brackets, {@code [a-z0-9_]}. */
final class PatternSet {
  private static final int OCTETS = 256;

  private final Bytes text;
  private int at;

  /**
   * Reads nothing yet.
   *
   * @param at after the opening bracket
   */
  PatternSet(Bytes text, int at) {
    this.text = text;
    this.at = at;
  }

  /** These octets. */
  static BitSet of(int... octets) {
    BitSet set = new BitSet(OCTETS);
    for (int octet : octets) {
      set.set(octet);
    }
    return set;
  }

  /** All other octets. */
  static BitSet but(BitSet set) {
    BitSet others = (BitSet) set.clone();
    others.flip(0, OCTETS);
    return others;
  }

  /** A set with a name, as POSIX calls it; characters are those of ASCII. */
  static BitSet named(String name) {
    BitSet set = new BitSet(OCTETS);
    for (int c = 0; c < 128; c++) {
      set.set(c, isOf(name, c));
    }
    return set;
  }

  private static boolean isOf(String name, int c) {
    boolean lower = c >= 'a' && c <= 'z';
    boolean upper = c >= 'A' && c <= 'Z';
    boolean digit = c >= '0' && c <= '9';
    boolean printed = c > ' ' && c < 0x7f;
    return switch (name) {
      case "alpha" -> lower || upper;
      case "lower" -> lower;
      case "upper" -> upper;
      case "digit" -> digit;
      case "alnum" -> lower || upper || digit;
      case "w" -> lower || upper || digit || c == '_';
      case "xdigit" -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
      case "space" -> c == ' ' || c >= '\t' && c <= '\r';
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> printed && !lower && !upper && !digit;
      case "graph" -> printed;
      case "print" -> printed || c == ' ';
      case "cntrl" -> c < ' ' || c == 0x7f;
      default -> throw new IllegalArgumentException("[:" + name + ":] is not a set of characters");
    };
  }

  /**
   * The set.
   *
   * @param end is told where it ends
   * @throws IllegalArgumentException if it is none
   */
  BitSet read(IntConsumer end) {
    boolean others = takes('^');
    BitSet set = new BitSet(OCTETS);
    while (!takes(']')) {
      addNext(set);
    }
    end.accept(at);
    return others ? but(set) : set;
  }

  private boolean takes(char c) {
    boolean is = at < text.length() && text.at(at) == c;
    at += is ? 1 : 0;
    return is;
  }

  private void addNext(BitSet set) {
    if (isNamed()) {
      set.or(named(name()));
      return;
    }
    BitSet first = one();
    boolean range = at + 1 < text.length() && text.at(at) == '-' && text.at(at + 1) != ']';
    if (!range) {
      set.or(first);
      return;
    }
    at++;
    BitSet last = isNamed() ? named(name()) : one();
    int from = first.nextSetBit(0);
    int to = last.nextSetBit(0);
    if (first.cardinality() != 1 || last.cardinality() != 1 || to < from) {
      throw new IllegalArgumentException(
          "a range of characters goes from one to a later one, like a-z");
    }
    set.set(from, to + 1);
  }

  private boolean isNamed() {
    return at + 1 < text.length() && text.at(at) == '[' && text.at(at + 1) == ':';
  }

  private String name() {
    int start = at + 2;
    int stop = start;
    while (stop < text.length() && text.at(stop) >= 'a' && text.at(stop) <= 'z') {
      stop++;
    }
    at = stop;
    if (!takes(':') || !takes(']')) {
      throw new IllegalArgumentException("nothing closes [:");
    }
    return text.slice(start, stop).toUtf8();
  }

  private BitSet one() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("nothing closes \"[\"");
    }
    int c = text.at(at++);
    if (c != '\\') {
      return of(c);
    }
    PatternEscape escape = PatternEscape.read(text, at);
    at = escape.end();
    return escape.set();
  }
}
