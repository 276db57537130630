// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/** Text forms of IPv6 addresses: reads RFC 4291 section 2.2, writes RFC 5952. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  static Ipv6 parse(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int end = text.indexOf(':', at);
      end = end < 0 ? text.length() : end;
      if (text.indexOf('.', at) >= 0 && end == text.length() && count <= GROUPS - 2) {
        int tail = embeddedIpv4(text, at);
        groups[count++] = tail >>> 16;
        groups[count++] = tail & 0xffff;
        at = text.length();
        break;
      }
      if (count == GROUPS) {
        throw notAnAddress(text);
      }
      groups[count++] = group(text, at, end);
      at = end;
      if (text.startsWith("::", at)) {
        if (gap >= 0) {
          throw notAnAddress(text);
        }
        gap = count;
        at += 2;
      } else if (at < text.length() && ++at == text.length()) {
        throw notAnAddress(text);
      }
    }
    return assemble(text, groups, count, gap);
  }

  private static Ipv6 assemble(String text, int[] groups, int count, int gap) {
    if (gap < 0 ? count != GROUPS : count >= GROUPS) {
      throw notAnAddress(text);
    }
    long high = 0;
    long low = 0;
    int missing = GROUPS - count;
    for (int i = 0; i < GROUPS; i++) {
      int group;
      if (gap < 0 || i < gap) {
        group = groups[i];
      } else {
        group = i < gap + missing ? 0 : groups[i - missing];
      }
      if (i < 4) {
        high = high << 16 | group;
      } else {
        low = low << 16 | group;
      }
    }
    return new Ipv6(high, low);
  }

  private static int group(String text, int from, int to) {
    if (to == from || to - from > 4) {
      throw notAnAddress(text);
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw notAnAddress(text);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static int embeddedIpv4(String text, int from) {
    try {
      return Ipv4.ofText(text.substring(from)).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IPv6 address: " + text, e);
    }
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("not an IPv6 address: " + text);
  }

  static String format(Ipv6 address) {
    if (address.isMapped()) {
      // RFC 5952 5: IPv4-mapped addresses keep dotted decimal.
      return "::ffff:" + address.toIpv4();
    }
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeroRun(address, i);
      if (run > gapLength) {
        // RFC 5952 4.2: the longest run of at least two groups, the first one among equals.
        gapStart = i;
        gapLength = run;
      }
      i += Math.max(run - 1, 0);
    }
    StringBuilder out = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        out.append("::");
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      out.append(Integer.toHexString(groupAt(address, i)));
    }
    return out.toString();
  }

  private static int zeroRun(Ipv6 address, int from) {
    int i = from;
    while (i < GROUPS && groupAt(address, i) == 0) {
      i++;
    }
    return i - from;
  }

  private static int groupAt(Ipv6 address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
  }
}
