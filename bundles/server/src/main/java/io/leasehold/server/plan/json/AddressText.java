// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Optional;

/** Addresses and prefixes as a plan writes them; those of IPv4 are kept mapped. */
final class AddressText {
  private AddressText() {}

  /** An address of the family of {@code fields}, written at a place. */
  static Optional<Ipv6> address(Fields fields, Place place, String text) {
    Dialect dialect = fields.dialect();
    try {
      return Optional.of(parse(dialect, text.trim()));
    } catch (IllegalArgumentException e) {
      fields
          .findings()
          .error(
              place,
              "\"%s\" is not an %s address; accepted is one like %s"
                  .formatted(text, dialect.protocol(), dialect.exampleAddress()));
      return Optional.empty();
    }
  }

  private static Ipv6 parse(Dialect dialect, String text) {
    return dialect == Dialect.V4 ? Ipv6.mapped(Ipv4.ofText(text)) : Ipv6.ofIpv6Text(text);
  }

  /**
   * An address and a length; bits beyond the length are cleared with a warning, as Kea clears them.
   */
  static Optional<Prefix> prefix(Fields fields, Place place, String text) {
    Dialect dialect = fields.dialect();
    int slash = text.indexOf('/');
    try {
      Ipv6 address = parse(dialect, text.substring(0, Math.max(0, slash)).trim());
      String digits = text.substring(slash + 1).trim();
      int length = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
      Prefix prefix =
          dialect == Dialect.V4
              ? Prefix.mapped(address.toIpv4(), length)
              : Prefix.masked(address, length);
      if (!prefix.address().equals(address)) {
        fields
            .findings()
            .warn(place, "\"" + text + "\" has bits set beyond its length; " + prefix + " is used");
      }
      return Optional.of(prefix);
    } catch (IllegalArgumentException e) {
      fields
          .findings()
          .error(
              place,
              "\"%s\" is not an %s prefix; accepted is one like %s"
                  .formatted(text, dialect.protocol(), dialect.examplePrefix()));
      return Optional.empty();
    }
  }
}
