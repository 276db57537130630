// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;

/** Hashes that a client cannot steer without the seed, of what tables find leases by. */
public final class Hashing {
  private Hashing() {}

  static int of(LeaseKey key, long seed) {
    long hash = mix(seed ^ key.address().high());
    hash = mix(hash ^ key.address().low());
    return (int)
        mix(hash ^ ((long) key.realm() << 16 | (long) key.kind().code() << 8 | key.prefixLength()));
  }

  static int of(ClientIdentity client, long seed) {
    return of(client.value(), seed ^ (long) client.type().code() << 32);
  }

  /** Of octets that a client chose. */
  public static int of(Bytes value, long seed) {
    long hash = mix(seed ^ value.length());
    int at = 0;
    for (; at + 8 <= value.length(); at += 8) {
      hash = mix(hash ^ value.i64(at));
    }
    long rest = 0;
    for (; at < value.length(); at++) {
      rest = rest << 8 | value.at(at);
    }
    return (int) mix(hash ^ rest);
  }

  /** The finisher of MurmurHash3 after a multiplication, which spreads every bit. */
  private static long mix(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
