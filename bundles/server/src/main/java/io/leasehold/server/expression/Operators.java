// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.List;

/** What operators make of values. */
final class Operators {
  /** As many octets as an option can have; what would be longer cannot be evaluated. */
  static final int LONGEST = 0xffff;

  /** The length that takes everything. */
  static final int ALL = Integer.MAX_VALUE;

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Operators() {}

  /** A part of a value, from a place that counts from the end if negative. */
  static Bytes substring(Bytes value, int start, int length) {
    int size = value.length();
    if (start < -size || start >= size) {
      return Bytes.EMPTY;
    }
    int from = start < 0 ? start + size : start;
    if (length < 0) {
      return value.slice((int) Math.max(0, (long) from + length), from);
    }
    return value.slice(from, (int) Math.min(size, (long) from + length));
  }

  /** The field with a number from 1 of a value that some octets divide. */
  static Bytes field(Bytes value, Bytes delimiters, int number) {
    if (delimiters.isEmpty()) {
      return value;
    }
    int start = 0;
    int field = 1;
    for (int at = 0; at < value.length() && field <= number; at++) {
      if (contains(delimiters, value.at(at))) {
        if (field == number) {
          return value.slice(start, at);
        }
        field++;
        start = at + 1;
      }
    }
    return field == number ? value.slice(start, value.length()) : Bytes.EMPTY;
  }

  private static boolean contains(Bytes octets, int octet) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.at(i) == octet) {
        return true;
      }
    }
    return false;
  }

  /** All values, one after the other. */
  static Term concat(List<Term> terms) {
    if (terms.stream().allMatch(term -> term instanceof Term.Literal)) {
      return new Term.Literal(joined(terms.toArray(Term[]::new), null));
    }
    Term[] parts = terms.toArray(Term[]::new);
    return facts -> joined(parts, facts);
  }

  private static Bytes joined(Term[] parts, PacketFacts facts) {
    Bytes[] values = new Bytes[parts.length];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      values[i] = parts[i].of(facts);
      length += values[i].length();
      checkLength(length);
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes value : values) {
      value.copyTo(all, at);
      at += value.length();
    }
    return Bytes.wrap(all);
  }

  /** Hexadecimal digits, two for an octet, with a separator between. */
  static Bytes hex(Bytes value, Bytes separator) {
    if (value.isEmpty()) {
      return Bytes.EMPTY;
    }
    long length = 2L * value.length() + (long) separator.length() * (value.length() - 1);
    checkLength(length);
    byte[] text = new byte[(int) length];
    int at = 0;
    for (int i = 0; i < value.length(); i++) {
      if (i > 0) {
        separator.copyTo(text, at);
        at += separator.length();
      }
      text[at++] = (byte) DIGITS[value.at(i) >> 4];
      text[at++] = (byte) DIGITS[value.at(i) & 0xf];
    }
    return Bytes.wrap(text);
  }

  private static void checkLength(long length) {
    if (length > LONGEST) {
      throw EvaluationException.INSTANCE;
    }
  }

  /** With the letters of ASCII as small ones. */
  static Bytes lower(Bytes value) {
    return shifted(value, 'A', 'Z', 'a' - 'A');
  }

  /** With the letters of ASCII as capitals. */
  static Bytes upper(Bytes value) {
    return shifted(value, 'a', 'z', 'A' - 'a');
  }

  private static Bytes shifted(Bytes value, char first, char last, int by) {
    for (int i = 0; i < value.length(); i++) {
      if (value.at(i) >= first && value.at(i) <= last) {
        byte[] octets = value.toArray();
        for (int j = i; j < octets.length; j++) {
          boolean letter = octets[j] >= first && octets[j] <= last;
          octets[j] = letter ? (byte) (octets[j] + by) : octets[j];
        }
        return Bytes.wrap(octets);
      }
    }
    return value;
  }

  /** An address of either family as people write it. */
  static Bytes addressText(Bytes value) {
    return switch (value.length()) {
      case 0 -> Bytes.EMPTY;
      case 4 -> Bytes.ofUtf8(Ipv4.of(value).toString());
      case 16 -> Bytes.ofUtf8(text(Ipv6.of(value)));
      default -> throw EvaluationException.INSTANCE;
    };
  }

  /** As the C library writes it, which shows the IPv4 address in an IPv6 address. */
  private static String text(Ipv6 address) {
    if (address.isMapped()) {
      return "::ffff:" + address.toIpv4();
    }
    boolean compatible = address.high() == 0 && address.low() >>> 32 == 0;
    return compatible && address.low() >>> 16 != 0
        ? "::" + new Ipv4((int) address.low())
        : address.toString();
  }

  /** A number of so many octets in decimal digits. */
  static Bytes numberText(Bytes value, int octets, boolean signed) {
    if (value.isEmpty()) {
      return Bytes.EMPTY;
    }
    if (value.length() != octets) {
      throw EvaluationException.INSTANCE;
    }
    long number = 0;
    for (int i = 0; i < octets; i++) {
      number = number << 8 | value.at(i);
    }
    int unused = Long.SIZE - 8 * octets;
    return Bytes.ofUtf8(Long.toString(signed ? number << unused >> unused : number));
  }
}
