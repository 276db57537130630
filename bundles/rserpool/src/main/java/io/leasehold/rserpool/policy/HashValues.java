// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.Optional;

/**
 * What a pool element says of itself for {@link PolicyType#CLIENT_HASH}: to which group it belongs,
 * whose members know the same leases, and which clients the group is for.
 *
 * @param group 32 bits
 * @param weight share of clients of the group, 32 bits; 0 with buckets
 * @param buckets 32 octets of RFC 3074 section 5.2; none for a group with a weight
 * @param rank the highest of its group is tried first, 32 bits
 * @param flags 32 bits, none has a meaning
 */
public record HashValues(long group, long weight, Bytes buckets, long rank, long flags) {
  private static final int BUCKET_OCTETS = 32;

  /** Refuses numbers that do not fit, and buckets that are not 256. */
  public HashValues {
    Unsigned.u32(group, "group");
    Unsigned.u32(weight, "weight");
    Unsigned.u32(rank, "rank");
    Unsigned.u32(flags, "flags");
    if (!buckets.isEmpty() && (buckets.length() != BUCKET_OCTETS || weight != 0)) {
      throw new IllegalArgumentException("a group has a weight, or 256 buckets");
    }
  }

  /** A member of a group with a weight. */
  public static HashValues weighted(long group, long weight, long rank) {
    return new HashValues(group, weight, Bytes.EMPTY, rank, 0);
  }

  /** A member of a group with buckets. */
  public static HashValues ofBuckets(long group, Bytes buckets, long rank) {
    return new HashValues(group, 0, buckets, rank, 0);
  }

  /** What a policy says, if it is one of client hash. */
  public static Optional<HashValues> of(PoolPolicy policy) {
    if (policy.policyType() != PolicyType.CLIENT_HASH) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(policy.data());
    boolean hasBuckets = policy.data().length() == PolicyType.BUCKET_HASH_OCTETS;
    return Optional.of(
        new HashValues(
            in.u32(),
            hasBuckets ? 0 : in.u32(),
            hasBuckets ? in.bytes(BUCKET_OCTETS).compact() : Bytes.EMPTY,
            in.u32(),
            in.u32()));
  }

  /** The same as a policy. */
  public PoolPolicy toPolicy() {
    ByteWriter out = new ByteWriter(PolicyType.BUCKET_HASH_OCTETS);
    out.u32(group);
    if (hasBuckets()) {
      out.bytes(buckets);
    } else {
      out.u32(weight);
    }
    out.u32(rank).u32(flags);
    return new PoolPolicy(PolicyType.CLIENT_HASH, out.toBytes());
  }

  /** Whether its clients are those of buckets. */
  public boolean hasBuckets() {
    return !buckets.isEmpty();
  }

  /** Whether a bucket, 0 to 255, is one of its group's. */
  public boolean serves(int bucket) {
    return hasBuckets() && (buckets.at(bucket >> 3) >> (bucket & 7) & 1) == 1;
  }
}
