// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.Objects;

/**
 * By which policy a pool is joined, and the values in it that stay (RFC 5356). Rank and load come
 * in later.
 *
 * @param type see {@link PolicyType}
 * @param group whose members share their leases; client hash only
 * @param weight share of clients; client hash and weighted policies only
 * @param buckets those of RFC 3074 that the group serves, 32 octets; empty for a weight
 * @param degradation by which load grows with each user; policies with degradation only
 */
public record MemberPolicy(long type, long group, long weight, Bytes buckets, long degradation) {
  /** Nothing is missing. */
  public MemberPolicy {
    Objects.requireNonNull(buckets);
  }

  /** Clients by hash, as many as a weight says. */
  public static MemberPolicy clientHash(long group, long weight) {
    return new MemberPolicy(PolicyType.CLIENT_HASH, group, weight, Bytes.EMPTY, 0);
  }

  /** Clients by the hash of RFC 3074. */
  public static MemberPolicy bucketHash(long group, Bytes buckets) {
    return new MemberPolicy(PolicyType.CLIENT_HASH, group, 0, buckets, 0);
  }

  /** A policy of RFC 5356. */
  public static MemberPolicy standard(long type, long weight, long degradation) {
    return new MemberPolicy(type, 0, weight, Bytes.EMPTY, degradation);
  }

  /** Whether the load is one of the values. */
  public boolean isAdaptive() {
    return type == PolicyType.LEAST_USED
        || type == PolicyType.LEAST_USED_DEGRADATION
        || type == PolicyType.PRIORITY_LEAST_USED
        || type == PolicyType.RANDOMIZED_LEAST_USED;
  }

  /**
   * The parameter of a registration.
   *
   * @param rank 32 bits
   * @param load 32 bits, 0 for nothing
   */
  public PoolPolicy values(long rank, long load) {
    if (type == PolicyType.CLIENT_HASH) {
      return new HashValues(group, weight, buckets, rank, 0).toPolicy();
    }
    if (type == PolicyType.PRIORITY) {
      return PoolPolicy.of(type, rank);
    }
    if (type == PolicyType.WEIGHTED_ROUND_ROBIN || type == PolicyType.WEIGHTED_RANDOM) {
      return PoolPolicy.of(type, weight);
    }
    if (type == PolicyType.LEAST_USED || type == PolicyType.RANDOMIZED_LEAST_USED) {
      return PoolPolicy.of(type, load);
    }
    return isAdaptive() ? PoolPolicy.of(type, load, degradation) : PoolPolicy.of(type);
  }
}
