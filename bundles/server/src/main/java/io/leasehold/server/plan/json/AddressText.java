// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Optional;

/** Addresses, prefixes and ranges as a plan writes them. */
final class AddressText {
  private AddressText() {}

  static Optional<Ipv6> address(Findings findings, Place place, String text) {
    try {
      return Optional.of(Ipv6.ofIpv6Text(text.trim()));
    } catch (IllegalArgumentException e) {
      findings.error(
          place, "\"" + text + "\" is not an IPv6 address; accepted is one like 2001:db8::1");
      return Optional.empty();
    }
  }

  /**
   * An address and a length; bits beyond the length are cleared with a warning, as Kea clears them.
   */
  static Optional<Prefix> prefix(Findings findings, Place place, String text) {
    int slash = text.indexOf('/');
    try {
      Ipv6 address = Ipv6.ofIpv6Text(text.substring(0, Math.max(0, slash)).trim());
      String digits = text.substring(slash + 1).trim();
      int length = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
      Prefix prefix = Prefix.masked(address, length);
      if (!prefix.address().equals(address)) {
        findings.warn(
            place, "\"" + text + "\" has bits set beyond its length; " + prefix + " is used");
      }
      return Optional.of(prefix);
    } catch (IllegalArgumentException e) {
      findings.error(
          place, "\"" + text + "\" is not an IPv6 prefix; accepted is one like 2001:db8::/32");
      return Optional.empty();
    }
  }
}
