// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what users write, and says what is accepted when it cannot be read. */
final class Filters {
  private static final int MIN_DUID_OCTETS = 3;

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
    try {
      return new Duid(Bytes.ofHex(text)).value();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "'"
              + text
              + "' is not a client identifier; write it in hex, as 00:03:00:01:02:00:00:00:00:01");
    }
  }

  /** A prefix; a single address stands for itself. */
  static Prefix prefix(String text) throws CommandFailure {
    try {
      return text.contains("/") ? Prefix.ofText(text) : new Prefix(Ipv6.ofText(text), 128);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "'" + text + "' is not a prefix; write it as 2001:db8:1::/48 (" + e.getMessage() + ")");
    }
  }

  /** The key of an address or a delegated prefix, or empty if the text is neither. */
  static Optional<LeaseKey> key(String text) throws CommandFailure {
    if (text.contains("/")) {
      return Optional.of(LeaseKey.prefix(prefix(text)));
    }
    try {
      return Optional.of(LeaseKey.address(Ipv6.ofText(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The client identifier that a text can be, or empty. Eight pairs of hex digits can also be an
   * address.
   */
  static Optional<Bytes> possibleClient(String text) {
    try {
      Bytes octets = Bytes.ofHex(text);
      return octets.length() < MIN_DUID_OCTETS ? Optional.empty() : Optional.of(octets);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
