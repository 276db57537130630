// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * The checksum over the pool elements of a registrar (RFC 5354 section 3.15).
 *
 * @param value 16 bits
 */
public record ElementChecksum(int value) implements Parameter {
  private static final int OCTETS = 2;

  /** How it is read, as a number. */
  public static final ParameterFormat<Integer> FORMAT =
      new ParameterFormat<>(ParameterType.PE_CHECKSUM, tlv -> tlv.fields(OCTETS).u16());

  /** Refuses numbers that do not fit. */
  public ElementChecksum {
    Unsigned.u16(value, "PE checksum");
  }

  @Override
  public int type() {
    return ParameterType.PE_CHECKSUM;
  }

  @Override
  public int valueLength() {
    return OCTETS;
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u16(value);
  }
}
