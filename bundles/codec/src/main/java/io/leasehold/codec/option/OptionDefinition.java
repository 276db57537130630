// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import java.util.Objects;
import java.util.Optional;

/**
 * What a code means: one row of an option table.
 *
 * @param space where the code has this meaning
 * @param code 0 to 65535
 * @param name unique in its space; lower case with hyphens by custom
 * @param format the fields of the value, or of what precedes encapsulated options
 * @param encapsulates the space of the options that follow the fields, if any do
 */
public record OptionDefinition(
    OptionSpace space,
    int code,
    String name,
    OptionFormat format,
    Optional<OptionSpace> encapsulates) {

  /** Refuses a code outside 16 bits and an empty name. */
  public OptionDefinition {
    Objects.requireNonNull(space);
    Objects.requireNonNull(format);
    Objects.requireNonNull(encapsulates);
    if ((code & ~0xffff) != 0) {
      throw new IllegalArgumentException("option code " + code + " is not 0 to 65535");
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("option " + code + " of " + space + " has no name");
    }
  }

  /** A definition without encapsulated options. */
  public static OptionDefinition of(OptionSpace space, int code, String name, String format) {
    return new OptionDefinition(space, code, name, OptionFormat.parse(format), Optional.empty());
  }

  /** {@code dhcp6.dns-servers(23)}. */
  @Override
  public String toString() {
    return space + "." + name + "(" + code + ")";
  }
}
