// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.TracePattern;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which messages a user means, and how such patterns are written. */
final class TraceTarget {
  /** Stands for every message. */
  static final String ANY = "any";

  private static final Pattern PAIRS = Pattern.compile("\\p{XDigit}{2}([:-]\\p{XDigit}{2})+");
  private static final Pattern TRANSACTION = Pattern.compile("0x\\p{XDigit}{1,8}");

  private TraceTarget() {}

  /** The pattern of a word. Eight pairs of hex digits are a client, not an address. */
  static TracePattern read(String text) throws CommandFailure {
    if (text.equals(ANY)) {
      return TracePattern.ANY;
    }
    if (TRANSACTION.matcher(text).matches()) {
      return TracePattern.ofTransaction(Long.parseLong(text.substring(2), 16));
    }
    Optional<Ipv6> address = PAIRS.matcher(text).matches() ? Optional.empty() : address(text);
    if (address.isPresent()) {
      return TracePattern.ofRelay(address.get());
    }
    Bytes client =
        Filters.possibleClient(text)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "'"
                            + text
                            + "' is nothing to look for; write a client as 02:00:00:00:00:01, a relay"
                            + " agent by its address, a transaction as 0x123456, or "
                            + ANY));
    return TracePattern.ofClient(client);
  }

  static Optional<Ipv6> address(String text) {
    try {
      return Optional.of(Ipv6.ofText(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How a pattern is written. */
  static String text(TracePattern pattern) {
    if (pattern.client().isPresent()) {
      return pattern.client().get().toHex(":");
    }
    if (pattern.relay().isPresent()) {
      return pattern.relay().get().toString();
    }
    return pattern.transaction().isPresent()
        ? "0x" + Long.toHexString(pattern.transaction().getAsLong())
        : ANY;
  }
}
