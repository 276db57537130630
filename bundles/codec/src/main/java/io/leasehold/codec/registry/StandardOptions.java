// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.registry;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.v4.Dhcp4OptionTable;
import io.leasehold.codec.v6.Dhcp6OptionTable;

/** The options of DHCPv4 and DHCPv6 together, each family in spaces of its own. */
public final class StandardOptions {
  /** Everything in {@link Dhcp4OptionTable} and {@link Dhcp6OptionTable}. */
  public static final OptionCatalogue CATALOGUE =
      Dhcp6OptionTable.CATALOGUE.and(Dhcp4OptionTable.CATALOGUE);

  private StandardOptions() {}
}
