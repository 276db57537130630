// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import java.util.Objects;

/**
 * A set of option codes with its own meaning: the options of a protocol, of a vendor, or those
 * inside one encapsulating option. The spaces of the two families are never the same, whatever
 * their names.
 *
 * @param name what configurations call it, {@code dhcp6}, {@code vendor-4491}
 * @param framing how options of the space follow each other
 */
public record OptionSpace(String name, OptionFraming framing) {
  /** The options of DHCPv6 messages. */
  public static final OptionSpace DHCP6 = new OptionSpace("dhcp6");

  /** The options of DHCPv4 messages. */
  public static final OptionSpace DHCP4 = new OptionSpace("dhcp4", OptionFraming.NARROW);

  /** Refuses an empty name. */
  public OptionSpace {
    Objects.requireNonNull(framing);
    if (name.isBlank()) {
      throw new IllegalArgumentException("an option space has a name");
    }
  }

  /** A space of DHCPv6. */
  public OptionSpace(String name) {
    this(name, OptionFraming.WIDE);
  }

  /** The space of a vendor's own options in DHCPv6, {@code vendor-4491}. */
  public static OptionSpace vendor(long enterpriseNumber) {
    return new OptionSpace("vendor-" + enterpriseNumber);
  }

  /** The space of a vendor's own options in DHCPv4, {@code vendor-4491} there too. */
  public static OptionSpace vendor4(long enterpriseNumber) {
    return new OptionSpace("vendor-" + enterpriseNumber, OptionFraming.NARROW);
  }

  @Override
  public String toString() {
    return name;
  }
}
