// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what users write, and says what is accepted when it cannot be read. */
final class Filters {
  /** A type and an octet more, which is the shortest DHCPv4 identifier (RFC 2132 section 9.14). */
  private static final int MIN_CLIENT_OCTETS = 2;

  /** What switches of some makers print: 0200.0000.0001. */
  private static final Pattern DOTTED_HEX = Pattern.compile("\\p{XDigit}{4}(\\.\\p{XDigit}{4})+");

  private Filters() {}

  static LeaseState state(String text) throws CommandFailure {
    for (LeaseState state : LeaseState.values()) {
      if (state.word().equals(text)) {
        return state;
      }
    }
    String words =
        Arrays.stream(LeaseState.values()).map(LeaseState::word).collect(Collectors.joining(", "));
    throw new CommandFailure("'" + text + "' is not a state; states are " + words);
  }

  static Bytes client(String text) throws CommandFailure {
    return possibleClient(text)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "'"
                        + text
                        + "' does not name a client; write its DUID, client identifier or hardware"
                        + " address in hex, as 02:00:00:00:00:01"));
  }

  /** A prefix; a single address stands for itself. */
  static Prefix prefix(String text) throws CommandFailure {
    try {
      return text.contains("/") ? Prefix.ofText(text) : new Prefix(Ipv6.ofText(text), 128);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "'"
              + text
              + "' is not a prefix; write it as 2001:db8:1::/48 or 192.0.2.0/24 ("
              + e.getMessage()
              + ")");
    }
  }

  /**
   * The key of an address or a delegated prefix, or empty if the text is neither.
   *
   * @throws CommandFailure if it is a prefix that cannot be leased
   */
  static Optional<LeaseKey> key(String text) throws CommandFailure {
    if (!text.contains("/")) {
      return address(text);
    }
    Prefix prefix = prefix(text);
    if (prefix.isMapped()) {
      throw new CommandFailure(
          "IPv4 addresses are leased one by one; dhcp:lease-list --within "
              + prefix
              + " lists those in it");
    }
    return Optional.of(LeaseKey.prefix(prefix));
  }

  private static Optional<LeaseKey> address(String text) {
    try {
      Ipv6 address = Ipv6.ofText(text);
      return Optional.of(LeaseKey.address(address.isMapped() ? Family.IPV4 : Family.IPV6, address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The client identifier or hardware address that a text can be, or empty; hyphens are as good as
   * colons. Eight pairs of hex digits can also be an address.
   */
  static Optional<Bytes> possibleClient(String text) {
    String hex =
        DOTTED_HEX.matcher(text).matches() ? text.replace(".", "") : text.replace('-', ':');
    try {
      Bytes octets = Bytes.ofHex(hex);
      return octets.length() < MIN_CLIENT_OCTETS ? Optional.empty() : Optional.of(octets);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
