// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes that a client cannot steer without the seed, of what tables find leases by. */
public final class Hashing {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Hashing() {}

  /** Of a key in parts, see {@link Slots#rest(LeaseKey)}. */
  static int of(long high, long low, long rest, long seed) {
    return (int) mix(mix(mix(seed ^ high) ^ low) ^ rest);
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

  /** Of a number. */
  static int of(long value, long seed) {
    return (int) mix(seed ^ value);
  }

  /** Of octets in an array. */
  static int of(byte[] array, int from, int length, long seed) {
    long hash = mix(seed ^ length);
    int end = from + length;
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(array, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | array[at] & 0xff;
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
