// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Ipv6;

/**
 * A range of addresses to hand out.
 *
 * @param first first address
 * @param last last address, not before {@code first}
 * @param options the pool's own options; they win over the subnet's
 * @param classes what classes have to do with it
 */
public record AddressPool(Ipv6 first, Ipv6 last, OptionSet options, ClassTerms classes) {
  /** One that has nothing to do with classes. */
  public AddressPool(Ipv6 first, Ipv6 last, OptionSet options) {
    this(first, last, options, ClassTerms.NONE);
  }

  /** Whether an address is in the range. */
  public boolean contains(Ipv6 address) {
    return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }
}
