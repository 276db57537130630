// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import java.util.BitSet;

/**
 * What a backslash in a regular expression stands for.
 *
 * @param set one of these octets
 * @param end where it ends in the text
 */
record PatternEscape(BitSet set, int end) {
  /**
   * What follows a backslash.
   *
   * @throws IllegalArgumentException if that stands for nothing
   */
  static PatternEscape read(Bytes text, int at) {
    if (at >= text.length()) {
      throw new IllegalArgumentException("nothing follows the backslash at its end");
    }
    int c = text.at(at);
    return switch (c) {
      case 'd' -> new PatternEscape(PatternSet.named("digit"), at + 1);
      case 'D' -> new PatternEscape(PatternSet.but(PatternSet.named("digit")), at + 1);
      case 'w' -> new PatternEscape(PatternSet.named("w"), at + 1);
      case 'W' -> new PatternEscape(PatternSet.but(PatternSet.named("w")), at + 1);
      case 's' -> new PatternEscape(PatternSet.named("space"), at + 1);
      case 'S' -> new PatternEscape(PatternSet.but(PatternSet.named("space")), at + 1);
      case 't' -> new PatternEscape(PatternSet.of('\t'), at + 1);
      case 'n' -> new PatternEscape(PatternSet.of('\n'), at + 1);
      case 'r' -> new PatternEscape(PatternSet.of('\r'), at + 1);
      case 'f' -> new PatternEscape(PatternSet.of('\f'), at + 1);
      case 'v' -> new PatternEscape(PatternSet.of(0x0b), at + 1);
      case '0' -> new PatternEscape(PatternSet.of(0), at + 1);
      case 'x' -> hex(text, at + 1);
      default -> {
        boolean word = Character.isLetterOrDigit(c) && c < 128;
        if (word) {
          throw new IllegalArgumentException(
              "\\"
                  + (char) c
                  + " is not accepted; accepted are \\d \\w \\s \\D \\W \\S \\t \\n \\r \\f \\v \\0 \\xHH");
        }
        yield new PatternEscape(PatternSet.of(c), at + 1);
      }
    };
  }

  private static PatternEscape hex(Bytes text, int at) {
    int high = at + 1 < text.length() ? Character.digit(text.at(at), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.at(at + 1), 16);
    if (low < 0) {
      throw new IllegalArgumentException("\\x needs two hexadecimal digits");
    }
    return new PatternEscape(PatternSet.of(high << 4 | low), at + 2);
  }
}
