// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations with units: {@code 90s}, {@code 12h}, {@code 1d12h}, {@code infinity}. */
final class Seconds {
  /** The largest finite lifetime; the next number means infinity (RFC 8415 section 7.7). */
  static final long MOST = 0xffff_fffeL;

  static final long INFINITY = 0xffff_ffffL;

  /** What is accepted, for messages. */
  static final String ACCEPTED =
      "seconds from 0 to 4294967295 (infinity), or a text like \"90s\", \"12h\", \"1d12h\"";

  private static final Pattern PART = Pattern.compile("(\\d{1,10})([smhdw])");

  private Seconds() {}

  /** The seconds that a text means; empty if it means none. */
  static OptionalLong of(String text) {
    if (text.equals("infinity")) {
      return OptionalLong.of(INFINITY);
    }
    Matcher part = PART.matcher(text);
    long sum = 0;
    int at = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      sum += Long.parseLong(part.group(1)) * unit(part.group(2).charAt(0));
      at = part.end();
    }
    return text.isEmpty() || at < text.length() || sum > MOST
        ? OptionalLong.empty()
        : OptionalLong.of(sum);
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 'm' -> 60;
      case 'h' -> 3_600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> 1;
    };
  }
}
