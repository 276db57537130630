// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * How a request, an identity association or an address fared (RFC 8415 section 21.13).
 *
 * @param code see {@link Dhcp6StatusCode}; 0 to 65535
 * @param text for people; may be empty. Octets that are not UTF-8 were replaced
 */
public record StatusCode(int code, String text) {
  /** Refuses a code that does not fit 16 bits. */
  public StatusCode {
    Objects.requireNonNull(text);
    if ((code & ~0xffff) != 0) {
      throw new IllegalArgumentException("status code " + code + " is not 0 to 65535");
    }
  }

  static StatusCode decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new StatusCode(in.u16(), in.rest().toUtf8());
  }

  Bytes encode() {
    Bytes octets = Bytes.ofUtf8(text);
    return new ByteWriter(2 + octets.length()).u16(code).bytes(octets).toBytes();
  }

  /** {@code NoBinding(3)}. */
  @Override
  public String toString() {
    return Dhcp6StatusCode.name(code) + "(" + code + ")";
  }
}
