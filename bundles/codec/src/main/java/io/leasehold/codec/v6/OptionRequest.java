// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.RequestedCodes;
import io.leasehold.net.Bytes;

/**
 * The codes of options that a client asks for or a relay agent wants back, in order (RFC 8415
 * section 21.7).
 *
 * @param codes two octets a code
 */
public record OptionRequest(Bytes codes) implements RequestedCodes {
  /** No codes. */
  public static final OptionRequest EMPTY = new OptionRequest(Bytes.EMPTY);

  /** Refuses an odd number of octets. */
  public OptionRequest {
    if (codes.length() % 2 != 0) {
      throw new IllegalArgumentException(codes.length() + " octets are not whole codes");
    }
  }

  /** A request for the codes, in that order. */
  public static OptionRequest of(int... codes) {
    ByteWriter out = new ByteWriter(2 * codes.length);
    for (int code : codes) {
      out.u16(code);
    }
    return new OptionRequest(out.toBytes());
  }

  static OptionRequest decode(Bytes value) {
    if (value.length() % 2 != 0) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, value.sourceOffset() + value.length() - 1);
    }
    return new OptionRequest(value);
  }

  @Override
  public int size() {
    return codes.length() / 2;
  }

  @Override
  public int code(int index) {
    return codes.u16(2 * index);
  }

  @Override
  public String toString() {
    return text();
  }
}
