// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.util.random.RandomGenerator;

/** Leases for tests. */
public final class LeaseSamples {
  private static final long BASE = 0x2001_0db8_0000_0000L;
  private static final long NOW = 1_767_225_600L;

  private LeaseSamples() {}

  /** The key of address number {@code n} of 2001:db8::/64. */
  public static LeaseKey key(long n) {
    return LeaseKey.address(new Ipv6(BASE, n));
  }

  /**
   * An ordinary active lease: the key of number {@code n}, and times that grow with {@code
   * version}.
   */
  public static Lease lease(long n, long version) {
    byte[] duid = new byte[14];
    duid[1] = 1;
    duid[3] = 1;
    for (int i = 0; i < 8; i++) {
      duid[13 - i] = (byte) (n >>> 8 * i);
    }
    long now = NOW + version;
    return new Lease(
        key(n),
        1,
        ClientIdentity.of(new Duid(Bytes.wrap(duid))),
        n & 0xffff_ffffL,
        LeaseState.ACTIVE,
        new LeaseTimes(now, now, now + 3000, now + 4000),
        LeaseDetails.NONE);
  }

  /** Any lease of a key. */
  public static Lease any(LeaseKey key, RandomGenerator random) {
    ClientIdentity.Type type = pick(ClientIdentity.Type.values(), random);
    Bytes client =
        type == ClientIdentity.Type.NONE ? Bytes.EMPTY : octets(1 + random.nextInt(130), random);
    long now = NOW + random.nextInt(1_000_000);
    LeaseTimes times =
        new LeaseTimes(now, now - random.nextInt(1000), time(now, random), time(now, random));
    return new Lease(
        key,
        random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(1000),
        new ClientIdentity(type, client),
        random.nextLong() & 0xffff_ffffL,
        pick(LeaseState.values(), random),
        times,
        details(random));
  }

  /** Any key; few enough that they come again. */
  public static LeaseKey anyKey(int different, RandomGenerator random) {
    int n = random.nextInt(different);
    LeaseKind kind = LeaseKind.values()[n % 4];
    int realm = n % 3 == 0 ? 7 : 0;
    return switch (kind) {
      case IA_PD -> new LeaseKey(realm, kind, new Ipv6(BASE + ((long) n << 8), 0), 56 + n % 5);
      case IPV4 -> new LeaseKey(realm, kind, new Ipv6(0, 0xffff_0a00_0000L + n), 128);
      case IA_NA, IA_TA -> new LeaseKey(realm, kind, new Ipv6(BASE, n), 128);
    };
  }

  private static LeaseDetails details(RandomGenerator random) {
    LeaseDetails details = LeaseDetails.NONE;
    for (int left = random.nextInt(4); left > 0; left--) {
      int tag = random.nextBoolean() ? 1 + random.nextInt(4) : 1 + random.nextInt(0xffff);
      details = details.with(tag, octets(random.nextInt(60), random));
    }
    return details;
  }

  private static long time(long now, RandomGenerator random) {
    return random.nextInt(5) == 0 ? LeaseTimes.NEVER : now + random.nextInt(100_000);
  }

  /** Random octets. */
  public static Bytes octets(int length, RandomGenerator random) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Bytes.wrap(octets);
  }

  private static <T> T pick(T[] values, RandomGenerator random) {
    return values[random.nextInt(values.length)];
  }
}
