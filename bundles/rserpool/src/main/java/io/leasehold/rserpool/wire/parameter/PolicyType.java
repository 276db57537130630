// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.rserpool.wire.Unsigned;
import java.util.Locale;

/** Types of policies (RFC 5356 section 7.1). */
public final class PolicyType {
  /** In turn; what is meant when nothing is said (RFC 5352 section 2.2.6). */
  public static final long ROUND_ROBIN = 0x1;

  /** In turn, each as often as its weight. */
  public static final long WEIGHTED_ROUND_ROBIN = 0x2;

  /** By chance. */
  public static final long RANDOM = 0x3;

  /** By chance, each as likely as its weight. */
  public static final long WEIGHTED_RANDOM = 0x4;

  /** The highest priority. */
  public static final long PRIORITY = 0x5;

  /** The least load. */
  public static final long LEAST_USED = 0x4000_0001L;

  /** The least load, which grows with each selection. */
  public static final long LEAST_USED_DEGRADATION = 0x4000_0002L;

  /** The least load with one more user. */
  public static final long PRIORITY_LEAST_USED = 0x4000_0003L;

  /** By chance, each as likely as it is free. */
  public static final long RANDOMIZED_LEAST_USED = 0x4000_0004L;

  /** By a hash of the client; private, what clients of DHCP are kept together with. */
  public static final long CLIENT_HASH = 0x8000_3074L;

  /** Octets of data of {@link #CLIENT_HASH} with a weight. */
  public static final int WEIGHTED_HASH_OCTETS = 16;

  /** Octets of data of {@link #CLIENT_HASH} with buckets (RFC 3074). */
  public static final int BUCKET_HASH_OCTETS = 44;

  private static final long PRIVATE = 0x8000_0000L;
  private static final long ADAPTIVE = 0x4000_0000L;
  private static final int NUMBER = Integer.BYTES;

  private PolicyType() {}

  /** Whether no policy may have that type. */
  public static boolean isInvalid(long type) {
    return type == 0 || type == ADAPTIVE;
  }

  /** Whether it is not of a registry. */
  public static boolean isPrivate(long type) {
    return (type & PRIVATE) != 0;
  }

  /** Whether the product knows what it means. */
  public static boolean isKnown(long type) {
    return type == CLIENT_HASH || numbers(type) >= 0;
  }

  /** Whether data of a policy has the length that it must have; of unknown types any has. */
  public static boolean isLength(long type, int octets) {
    if (type == CLIENT_HASH) {
      return octets == WEIGHTED_HASH_OCTETS || octets == BUCKET_HASH_OCTETS;
    }
    int numbers = numbers(type);
    return numbers < 0 || octets == numbers * NUMBER;
  }

  /** The policy by the name that RFC 5356 gives it; digits for one without. */
  public static String name(long type) {
    for (Standard each : Standard.values()) {
      if (each.type == type) {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return type == CLIENT_HASH ? "client-hash" : "policy-" + Unsigned.hex(type);
  }

  /** How many numbers its data has; -1 if that is not known. */
  private static int numbers(long type) {
    for (Standard each : Standard.values()) {
      if (each.type == type) {
        return each.numbers;
      }
    }
    return -1;
  }

  /** Those of RFC 5356, and how many numbers each has. */
  private enum Standard {
    ROUND_ROBIN(PolicyType.ROUND_ROBIN, 0),
    WEIGHTED_ROUND_ROBIN(PolicyType.WEIGHTED_ROUND_ROBIN, 1),
    RANDOM(PolicyType.RANDOM, 0),
    WEIGHTED_RANDOM(PolicyType.WEIGHTED_RANDOM, 1),
    PRIORITY(PolicyType.PRIORITY, 1),
    LEAST_USED(PolicyType.LEAST_USED, 1),
    LEAST_USED_DEGRADATION(PolicyType.LEAST_USED_DEGRADATION, 2),
    PRIORITY_LEAST_USED(PolicyType.PRIORITY_LEAST_USED, 2),
    RANDOMIZED_LEAST_USED(PolicyType.RANDOMIZED_LEAST_USED, 1);

    private final long type;
    private final int numbers;

    Standard(long type, int numbers) {
      this.type = type;
      this.numbers = numbers;
    }
  }
}
