// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * The identifier of a pool element (RFC 5354 section 3.14).
 *
 * @param value 32 bits
 */
public record ElementIdentifier(long value) implements Parameter {
  /** How it is read, as a number. */
  public static final ParameterFormat<Long> FORMAT =
      new ParameterFormat<>(ParameterType.PE_IDENTIFIER, ElementIdentifier::read);

  private static final int OCTETS = 4;

  /** Refuses numbers that do not fit. */
  public ElementIdentifier {
    Unsigned.u32(value, "PE identifier");
  }

  private static long read(Tlv tlv) {
    long value = tlv.fields(OCTETS).u32();
    tlv.isAbout(value);
    return value;
  }

  @Override
  public int type() {
    return ParameterType.PE_IDENTIFIER;
  }

  @Override
  public int valueLength() {
    return OCTETS;
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u32(value);
  }
}
