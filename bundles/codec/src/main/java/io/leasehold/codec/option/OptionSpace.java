// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

/**
 * A set of option codes with its own meaning: the options of a protocol, of a vendor, or those
 * inside one encapsulating option.
 *
 * @param name what configurations call it, {@code dhcp6}, {@code vendor-4491}
 */
public record OptionSpace(String name) {
  /** The options of DHCPv6 messages. */
  public static final OptionSpace DHCP6 = new OptionSpace("dhcp6");

  /** Refuses an empty name. */
  public OptionSpace {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an option space has a name");
    }
  }

  /** The space of a vendor's own options, {@code vendor-4491}. */
  public static OptionSpace vendor(long enterpriseNumber) {
    return new OptionSpace("vendor-" + enterpriseNumber);
  }

  @Override
  public String toString() {
    return name;
  }
}
