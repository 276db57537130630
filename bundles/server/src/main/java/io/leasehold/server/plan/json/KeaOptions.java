// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the option table of Kea 2.2 says less or something else than ours, so that a plan means the
 * same to both.
 */
final class KeaOptions {
  /** First and last codes of rows among the options of DHCPv6 that Kea does not have. */
  private static final int[][] UNKNOWN = {
    {49, 50},
    {54, 56},
    {63, 63},
    {68, 73},
    {75, 78},
    {81, 81},
    {84, 86},
    {89, 93},
    {97, 102},
    {104, 134},
    {136, 142},
    {144, 150}
  };

  private static final Set<OptionSpace> UNKNOWN_SPACES =
      Set.of(Dhcp6OptionTable.NTP_SERVER, Dhcp6OptionTable.MOS_ADDRESS, Dhcp6OptionTable.MOS_FQDN);

  /**
   * Options whose fields Kea writes differently: user-class and vendor-class, with what follows as
   * octets.
   */
  private static final Map<Integer, OptionFormat> FORMATS =
      Map.of(15, OptionFormat.parse("binary"), 16, OptionFormat.parse("record(uint32, binary)"));

  private KeaOptions() {}

  /** Whether Kea has no definition for a code, and so reads its data as hexadecimal octets. */
  static boolean isUnknown(OptionSpace space, int code) {
    // In DHCPv4 Kea wants "csv-format" for what it does not know, and so says what it means.
    if (!space.equals(OptionSpace.DHCP6)) {
      return UNKNOWN_SPACES.contains(space);
    }
    for (int[] range : UNKNOWN) {
      if (range[0] <= code && code <= range[1]) {
        return true;
      }
    }
    return false;
  }

  /** The format in which a plan writes an option, if it is not that of its definition. */
  static Optional<OptionFormat> format(OptionSpace space, int code) {
    return space.equals(OptionSpace.DHCP6)
        ? Optional.ofNullable(FORMATS.get(code))
        : Optional.empty();
  }
}
