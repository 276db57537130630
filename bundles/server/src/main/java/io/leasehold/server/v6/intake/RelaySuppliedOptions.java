// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Options that relay agents supply for a client (RFC 6422). */
final class RelaySuppliedOptions {
  private RelaySuppliedOptions() {}

  /**
   * The options, each code from the relay agent nearest to the client only.
   *
   * @param allowed codes that may be supplied; others are silently discarded
   * @throws io.leasehold.codec.MalformedPacketException if the supplied options are not options
   */
  static List<Option> read(List<RelayMessage> relays, Set<Integer> allowed) {
    List<Option> supplied = List.of();
    for (int i = relays.size() - 1; i >= 0; i--) {
      if (relays.get(i).options().has(Dhcp6OptionCode.RSOO)) {
        Options inside = relays.get(i).options().first(Dhcp6Options.RSOO).orElseThrow();
        supplied = merge(supplied, inside, allowed);
      }
    }
    return supplied;
  }

  /** RFC 6422 section 6: of conflicting values the innermost is chosen. */
  private static List<Option> merge(List<Option> nearer, Options inside, Set<Integer> allowed) {
    List<Option> merged = new ArrayList<>(nearer);
    for (Option option : inside) {
      if (allowed.contains(option.code()) && !hasCode(merged, option.code())) {
        merged.add(option);
      }
    }
    return merged;
  }

  private static boolean hasCode(List<Option> options, int code) {
    for (Option option : options) {
      if (option.code() == code) {
        return true;
      }
    }
    return false;
  }
}
