// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * How many pool elements a pool user wants to be told. Not of an RFC: rsplib sends it, and its type
 * lets everybody else skip it.
 *
 * @param count 32 bits
 */
public record RequestedItems(long count) implements Parameter {
  private static final int OCTETS = 4;

  /** How it is read, as a number; of another length it is not known, and skipped. */
  public static final ParameterFormat<Long> FORMAT =
      new ParameterFormat<>(
          tlv -> tlv.type() == ParameterType.REQUESTED_ITEMS && tlv.value().length() == OCTETS,
          tlv -> tlv.fields(OCTETS).u32());

  /** Refuses numbers that do not fit. */
  public RequestedItems {
    Unsigned.u32(count, "requested items");
  }

  @Override
  public int type() {
    return ParameterType.REQUESTED_ITEMS;
  }

  @Override
  public int valueLength() {
    return OCTETS;
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u32(count);
  }
}
