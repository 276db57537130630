// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * How members of a pool are chosen, and one member's values for that (RFC 5354 section 3.8, RFC
 * 5356). The data of types that the product does not know is kept as it came.
 *
 * @param policyType 32 bits, see {@link PolicyType}
 * @param data of the length that the type says
 */
public record PoolPolicy(long policyType, Bytes data) implements Parameter {
  /** How it is read. */
  public static final ParameterFormat<PoolPolicy> FORMAT =
      new ParameterFormat<>(ParameterType.POLICY, PoolPolicy::read);

  /** Round robin, the policy of whoever has none. */
  public static final PoolPolicy ROUND_ROBIN = new PoolPolicy(PolicyType.ROUND_ROBIN, Bytes.EMPTY);

  private static final int TYPE_OCTETS = 4;

  /** Refuses the two types that no policy has, and data of another length. */
  public PoolPolicy {
    Unsigned.u32(policyType, "policy type");
    if (PolicyType.isInvalid(policyType)) {
      throw new IllegalArgumentException("no policy type: " + Unsigned.hex(policyType));
    }
    if (!PolicyType.isLength(policyType, data.length())) {
      throw new IllegalArgumentException(
          PolicyType.name(policyType) + " has no data of " + data.length() + " octets");
    }
  }

  /** A policy whose data is numbers of 32 bits. */
  public static PoolPolicy of(long policyType, long... numbers) {
    ByteWriter out = new ByteWriter(numbers.length * Integer.BYTES);
    for (long each : numbers) {
      out.u32(each);
    }
    return new PoolPolicy(policyType, out.toBytes());
  }

  private static PoolPolicy read(Tlv tlv) {
    ParameterReader in = tlv.parameters();
    long type = in.u32();
    Bytes data = tlv.value().slice(TYPE_OCTETS, tlv.value().length());
    if (PolicyType.isInvalid(type)) {
      throw tlv.invalid();
    }
    if (!PolicyType.isLength(type, data.length())) {
      throw new MalformedPacketException(MalformedReason.INVALID_VALUE, data.sourceOffset());
    }
    return new PoolPolicy(type, data.compact());
  }

  /**
   * One of the numbers of the data, 0 if there is none: of the weighted policies the weight, of
   * priority that, otherwise first the load and then its degradation.
   */
  public long number(int index) {
    int at = index * Integer.BYTES;
    return at + Integer.BYTES <= data.length() ? data.u32(at) : 0;
  }

  /** The policy of the pool that a member with this one is in: all values are 0. */
  public PoolPolicy ofPool() {
    return new PoolPolicy(policyType, Bytes.wrap(new byte[data.length()]));
  }

  /** The type of the parameter, which is not that of the policy. */
  @Override
  public int type() {
    return ParameterType.POLICY;
  }

  @Override
  public int valueLength() {
    return TYPE_OCTETS + data.length();
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u32(policyType).bytes(data);
  }

  /** {@code priority 000000c8}. */
  @Override
  public String toString() {
    return data.isEmpty()
        ? PolicyType.name(policyType)
        : PolicyType.name(policyType) + " " + data.toHex();
  }
}
