// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * What a code means: one row of an option table.
 *
 * @param space where the code has this meaning
 * @param code 0 to 65535, in DHCPv4 0 to 255
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

  /** Refuses a code that the space does not have and an empty name. */
  public OptionDefinition {
    Objects.requireNonNull(space);
    Objects.requireNonNull(format);
    Objects.requireNonNull(encapsulates);
    if (code < 0 || code > space.framing().maxCode()) {
      throw new IllegalArgumentException(
          "option code " + code + " is not 0 to " + space.framing().maxCode());
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("option " + code + " of " + space + " has no name");
    }
  }

  /** A definition without encapsulated options. */
  public static OptionDefinition of(OptionSpace space, int code, String name, String format) {
    return new OptionDefinition(space, code, name, OptionFormat.parse(format), Optional.empty());
  }

  /**
   * The value that a configuration writes as {@code data}: comma-separated fields if {@code csv},
   * else octets (see {@link OptionText}). Encapsulated options are not part of it; the caller
   * appends them.
   *
   * @throws IllegalArgumentException if the data does not fit the format, saying what would
   */
  public Bytes encodeData(String data, boolean csv) {
    if (csv) {
      return format.encodeText(data);
    }
    Bytes value = OptionText.octets(data);
    try {
      check(value);
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException(
          value.length() + " octets are not " + format + ": " + e.getMessage(), e);
    }
    return value;
  }

  /**
   * Refuses a value whose fields are not of the format or whose encapsulated options are not framed
   * as their space says.
   *
   * @throws MalformedPacketException saying why and where
   */
  public void check(Bytes value) {
    if (encapsulates.isEmpty()) {
      format.check(value);
    } else {
      ByteReader in = new ByteReader(value);
      format.decodeFields(in);
      encapsulates.get().framing().decode(in.rest());
    }
  }

  /** {@code dhcp6.dns-servers(23)}. */
  @Override
  public String toString() {
    return space + "." + name + "(" + code + ")";
  }
}
