// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.option.OptionFraming;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;

/**
 * The options in which vendors have codes and words of their own (RFC 3925; RFC 8415 sections 21.16
 * and 21.17). Of several, the first one is looked at, as Kea does.
 *
 * @param family whose options
 * @param lookup finds the option
 */
record Vendors(Family family, Lookup lookup) {
  /** Stands for every vendor. */
  static final long ANY = 0;

  private static final int ENTERPRISE_LENGTH = 4;

  /** The vendor-specific information of the client. */
  static Vendors options(Family family) {
    return new Vendors(family, Lookup.option(family == Family.IPV6 ? 17 : 125));
  }

  /** The vendor class of the client. */
  static Vendors classes(Family family) {
    return new Vendors(family, Lookup.option(family == Family.IPV6 ? 16 : 124));
  }

  /** The number of the vendor, four octets. */
  Lookup enterprise(long wanted) {
    return facts -> {
      Bytes value = ofOrNull(facts, wanted);
      return value == null ? null : value.slice(0, ENTERPRISE_LENGTH);
    };
  }

  /** What follows the number of a vendor. */
  Lookup content(long wanted) {
    return facts -> {
      Bytes value = ofOrNull(facts, wanted);
      return value == null ? null : bodyOrNull(value);
    };
  }

  /** An option of a vendor. */
  Lookup option(long wanted, int code) {
    return content(wanted).inner(framing(), code);
  }

  /**
   * One of the words of a vendor class, from 0. In DHCPv4 that is all that one vendor says, the
   * next word being the next vendor's, as Kea has it; the vendor asked for is the first one.
   */
  Lookup word(long wanted, int index) {
    int header = family == Family.IPV6 ? 0 : ENTERPRISE_LENGTH;
    return facts -> {
      Bytes value = ofOrNull(facts, wanted);
      return value == null ? null : wordOrNull(value, ENTERPRISE_LENGTH - header, header, index);
    };
  }

  OptionFraming framing() {
    return family == Family.IPV6 ? OptionFraming.WIDE : OptionFraming.NARROW;
  }

  private Bytes ofOrNull(PacketFacts facts, long wanted) {
    Bytes value = lookup.findOrNull(facts);
    boolean fits =
        value != null
            && value.length() >= ENTERPRISE_LENGTH
            && (wanted == ANY || value.u32(0) == wanted);
    return fits ? value : null;
  }

  /** In DHCPv4 a length follows, and then perhaps the next vendor. */
  private Bytes bodyOrNull(Bytes value) {
    if (family == Family.IPV6) {
      return value.slice(ENTERPRISE_LENGTH, value.length());
    }
    int start = ENTERPRISE_LENGTH + 1;
    if (value.length() < start) {
      return Bytes.EMPTY;
    }
    int length = value.at(ENTERPRISE_LENGTH);
    return length > value.length() - start ? null : value.slice(start, start + length);
  }

  private Bytes wordOrNull(Bytes words, int first, int before, int index) {
    boolean wide = family == Family.IPV6;
    int header = before + (wide ? 2 : 1);
    int at = first;
    for (int i = 0; words.length() - at >= header; i++) {
      int length = wide ? words.u16(at + before) : words.at(at + before);
      int start = at + header;
      if (length > words.length() - start) {
        return null;
      }
      if (i == index) {
        return words.slice(start, start + length);
      }
      at = start + length;
    }
    return null;
  }
}
