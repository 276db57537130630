// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a lease and of a lease key, which journals, snapshots and exports share.
 * Numbers are in network order; a <em>varint</em> holds seven bits an octet, lowest first, the high
 * bit set on all but the last; a <em>signed</em> varint is zigzag coded.
 *
 * <pre>
 * key    realm u32, kind u8, address 16 octets, prefix length u8       (22 octets; sorts like {@link LeaseKey})
 * lease  key, version u8 = 1, state u8,
 *        client type u8, client length varint, client,
 *        IAID u32, subnet varint,
 *        stateSince signed varint,
 *        lastTransaction, preferredUntil, expires: signed varints of the difference to stateSince, modulo 2^64,
 *        details to the end: tag varint, length varint, value
 * </pre>
 *
 * <p>Facts that come later are new tags of the details, which every release keeps; a change that an
 * older release cannot read is a new version, which it refuses.
 */
public final class LeaseFormat {
  /** The version that is written. */
  public static final int VERSION = 1;

  /** Length of an encoded key. */
  public static final int KEY_OCTETS = 22;

  /** Longest varint. */
  private static final int VARINT_OCTETS = 10;

  /** Everything of a lease but its client and details, at its longest. */
  private static final int FIXED_OCTETS = KEY_OCTETS + 1 + 1 + 1 + 5 + 4 + 5 * VARINT_OCTETS;

  private LeaseFormat() {}

  /** No fewer octets than {@link #encode(Lease, ByteBuffer)} writes, quickly found. */
  public static int maxOctets(Lease lease) {
    int octets = FIXED_OCTETS + lease.client().value().length();
    for (LeaseDetails.Item item : lease.details().items()) {
      octets += 3 + 3 + item.value().length();
    }
    return octets;
  }

  /** Writes a lease; the buffer must be in network order and have room for {@link #maxOctets}. */
  public static void encode(Lease lease, ByteBuffer into) {
    encodeKey(lease.key(), into);
    into.put((byte) VERSION);
    into.put((byte) lease.state().code());
    into.put((byte) lease.client().type().code());
    putValue(into, lease.client().value());
    into.putInt((int) lease.iaid());
    putVarint(into, lease.subnetId());
    LeaseTimes times = lease.times();
    long base = times.stateSince();
    putSigned(into, base);
    putSigned(into, times.lastTransaction() - base);
    putSigned(into, times.preferredUntil() - base);
    putSigned(into, times.expires() - base);
    List<LeaseDetails.Item> items = lease.details().items();
    for (int i = 0; i < items.size(); i++) {
      putVarint(into, items.get(i).tag());
      putValue(into, items.get(i).value());
    }
  }

  /** The encoded form of a lease. */
  public static Bytes encode(Lease lease) {
    ByteBuffer buffer = ByteBuffer.allocate(maxOctets(lease));
    encode(lease, buffer);
    return Bytes.wrap(buffer.array()).slice(0, buffer.position());
  }

  /** Writes a key: {@link #KEY_OCTETS} octets. */
  public static void encodeKey(LeaseKey key, ByteBuffer into) {
    into.putInt(key.realm());
    into.put((byte) key.kind().code());
    into.putLong(key.address().high());
    into.putLong(key.address().low());
    into.put((byte) key.prefixLength());
  }

  /**
   * Reads the lease that fills the rest of a buffer (in network order). Nothing of the buffer is
   * kept.
   *
   * @throws LeaseFormatException if there is no lease of a known version
   */
  public static Lease decode(ByteBuffer from) {
    int start = from.position();
    try {
      return decodeFrom(from, start);
    } catch (BufferUnderflowException e) {
      throw new LeaseFormatException(from.position() - start, "the lease is cut short");
    } catch (IllegalArgumentException e) {
      throw new LeaseFormatException(from.position() - start, e.getMessage());
    }
  }

  /**
   * Reads a lease.
   *
   * @throws LeaseFormatException if there is no lease of a known version
   */
  public static Lease decode(Bytes from) {
    return decode(ByteBuffer.wrap(from.toArray()));
  }

  /**
   * Reads a key: {@link #KEY_OCTETS} octets.
   *
   * @throws LeaseFormatException if there is none
   */
  public static LeaseKey decodeKey(ByteBuffer from) {
    int start = from.position();
    try {
      return keyFrom(from);
    } catch (BufferUnderflowException e) {
      throw new LeaseFormatException(from.position() - start, "the key is cut short");
    } catch (IllegalArgumentException e) {
      throw new LeaseFormatException(from.position() - start, e.getMessage());
    }
  }

  private static LeaseKey keyFrom(ByteBuffer from) {
    int realm = from.getInt();
    LeaseKind kind = LeaseKind.of(from.get() & 0xff);
    Ipv6 address = new Ipv6(from.getLong(), from.getLong());
    return new LeaseKey(realm, kind, address, from.get() & 0xff);
  }

  private static Lease decodeFrom(ByteBuffer from, int start) {
    LeaseKey key = keyFrom(from);
    int version = from.get() & 0xff;
    if (version != VERSION) {
      throw new LeaseFormatException(
          KEY_OCTETS, "version " + version + " is not known, only " + VERSION);
    }
    LeaseState state = LeaseState.of(from.get() & 0xff);
    ClientIdentity.Type type = ClientIdentity.Type.of(from.get() & 0xff);
    ClientIdentity client = new ClientIdentity(type, value(from, start));
    long iaid = from.getInt() & 0xffff_ffffL;
    long subnet = varint(from, start);
    long base = signed(from, start);
    long lastTransaction = base + signed(from, start);
    long preferredUntil = base + signed(from, start);
    long expires = base + signed(from, start);
    LeaseTimes times = new LeaseTimes(base, lastTransaction, preferredUntil, expires);
    return new Lease(key, subnet, client, iaid, state, times, details(from, start));
  }

  private static LeaseDetails details(ByteBuffer from, int start) {
    if (!from.hasRemaining()) {
      return LeaseDetails.NONE;
    }
    List<LeaseDetails.Item> items = new ArrayList<>(2);
    while (from.hasRemaining()) {
      long tag = varint(from, start);
      if (tag < 1 || tag > 0xffff) {
        throw new LeaseFormatException(from.position() - start, "tag " + tag);
      }
      items.add(new LeaseDetails.Item((int) tag, value(from, start)));
    }
    return new LeaseDetails(items);
  }

  private static void putValue(ByteBuffer into, Bytes value) {
    putVarint(into, value.length());
    value.putInto(into);
  }

  private static Bytes value(ByteBuffer from, int start) {
    long length = varint(from, start);
    if (length < 0 || length > from.remaining()) {
      throw new LeaseFormatException(
          from.position() - start,
          "a value of " + length + " octets where " + from.remaining() + " are left");
    }
    if (length == 0) {
      return Bytes.EMPTY;
    }
    byte[] value = new byte[(int) length];
    from.get(value);
    return Bytes.wrap(value);
  }

  private static void putVarint(ByteBuffer into, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      into.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    into.put((byte) rest);
  }

  private static long varint(ByteBuffer from, int start) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = from.get();
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw new LeaseFormatException(
        from.position() - start, "a number of more than " + VARINT_OCTETS + " octets");
  }

  private static void putSigned(ByteBuffer into, long value) {
    putVarint(into, value << 1 ^ value >> 63);
  }

  private static long signed(ByteBuffer from, int start) {
    long value = varint(from, start);
    return value >>> 1 ^ -(value & 1);
  }
}
