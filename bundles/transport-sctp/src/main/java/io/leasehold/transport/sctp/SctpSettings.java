// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.connection.ConnectionLimits;
import io.leasehold.transport.datagram.SettingRange;
import java.time.Duration;
import java.util.List;

/**
 * Configuration of the transport.
 *
 * @param addresses of this host that associations use which it begins, and those accepted at {@code
 *     *}; empty: all that the kernel chooses
 * @param limits of what may be taken of this host
 * @param connect time until an association must be there
 * @param rescan time between two looks at places that could not be opened
 */
public record SctpSettings(
    List<Ipv6> addresses, ConnectionLimits limits, Duration connect, Duration rescan) {
  /** As shipped. */
  public static final SctpSettings USUAL =
      new SctpSettings(
          List.of(), ConnectionLimits.USUAL, Duration.ofSeconds(10), Duration.ofSeconds(1));

  /**
   * Checks all of them.
   *
   * @throws IllegalArgumentException naming every key that is wrong
   */
  public SctpSettings {
    addresses = List.copyOf(addresses);
    SettingRange range =
        new SettingRange("io.leasehold.transport.sctp")
            .check("connect.timeout.millis", connect.toMillis(), 100, 120_000)
            .check("rescan.millis", rescan.toMillis(), 10, 60_000);
    limits.check(range);
    range.orThrow();
  }

  /**
   * Reads addresses.
   *
   * @param words separated by blanks
   * @throws IllegalArgumentException naming the first that is none
   */
  public static List<Ipv6> addresses(String words) {
    return words.isBlank()
        ? List.of()
        : List.of(words.strip().split("\\s+")).stream().map(SctpSettings::address).toList();
  }

  private static Ipv6 address(String word) {
    try {
      return Ipv6.ofText(word);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "io.leasehold.transport.sctp: addresses: '"
              + word
              + "' is no address; accepted are addresses as 192.0.2.1 or 2001:db8::1, separated by"
              + " blanks",
          e);
    }
  }
}
