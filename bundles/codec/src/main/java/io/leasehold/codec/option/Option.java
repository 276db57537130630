// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * An option: a code and the octets of its value, as DHCPv6 has it on the wire (RFC 8415 section
 * 21.1) and DHCPv4 once its pieces are joined (RFC 3396).
 *
 * @param code 0 to 65535
 * @param value at most 65535 octets
 */
public record Option(int code, Bytes value) {
  /** Octets of code and length in front of the value. */
  public static final int HEADER_LENGTH = 4;

  /** The longest value that the length field can express. */
  public static final int MAX_VALUE_LENGTH = 0xffff;

  /** Refuses a code or a length that does not fit 16 bits. */
  public Option {
    Objects.requireNonNull(value);
    if ((code & ~0xffff) != 0) {
      throw new IllegalArgumentException("option code " + code + " is not 0 to 65535");
    }
    if (value.length() > MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException(
          "option " + code + " has " + value.length() + " octets, over " + MAX_VALUE_LENGTH);
    }
  }
}
