// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

/** Why octets were refused. The words are stable: counters are named by them. */
public enum MalformedReason {
  /** The octets end before the field does. */
  TRUNCATED("truncated"),
  /** Octets are left where the value should have ended. */
  TRAILING_OCTETS("trailing-octets"),
  /** An option says that it is longer than what contains it. */
  OPTION_OVERRUN("option-overrun"),
  /** More options in one place than the limit. */
  TOO_MANY_OPTIONS("too-many-options"),
  /** More octets than a UDP datagram carries. */
  PACKET_TOO_LONG("packet-too-long"),
  /** More relay messages inside each other than the hop limit allows. */
  RELAY_DEPTH("relay-depth"),
  /** More levels of options inside options than the limit. */
  NESTING_DEPTH("nesting-depth"),
  /** An option that the message needs is absent. */
  MISSING_OPTION("missing-option"),
  /** A value that must not be empty is. */
  EMPTY_VALUE("empty-value"),
  /** A value exceeds the length its definition allows. */
  VALUE_TOO_LONG("value-too-long"),
  /** A prefix length beyond the bits of the address. */
  PREFIX_LENGTH("prefix-length"),
  /** A domain name with an empty label, a label over 63 octets or more than 255 in all. */
  DOMAIN_NAME("domain-name"),
  /**
   * A compression pointer in a domain name where there must be none (RFC 8415 section 10), or one
   * that does not lead back (RFC 1035 section 4.1.4).
   */
  COMPRESSED_NAME("compressed-name"),
  /** Text that is not UTF-8. */
  TEXT("text"),
  /** A number or combination that the field does not admit. */
  INVALID_VALUE("invalid-value");

  private final String word;

  MalformedReason(String word) {
    this.word = word;
  }

  /** The stable lower-case word, fit for the name of a counter. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
