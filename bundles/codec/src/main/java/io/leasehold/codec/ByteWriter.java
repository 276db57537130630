// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.Arrays;

/**
 * Writes octets in network byte order. Give the exact length where it is known: then one array is
 * allocated and becomes the result. A number that does not fit its field is refused with {@link
 * IllegalArgumentException}, so that no wrong octet reaches the wire. For one thread at a time.
 */
public final class ByteWriter {
  private byte[] array;
  private int position;

  /** A writer that expects that many octets; it grows if there are more. */
  public ByteWriter(int expectedLength) {
    array = new byte[expectedLength];
  }

  /** How many octets have been written. */
  public int length() {
    return position;
  }

  /** Writes one octet, 0 to 255. */
  public ByteWriter u8(int value) {
    checkFits(value, 0xff);
    int at = advance(1);
    array[at] = (byte) value;
    return this;
  }

  /** Writes two octets, 0 to 65535. */
  public ByteWriter u16(int value) {
    checkFits(value, 0xffff);
    int at = advance(2);
    array[at] = (byte) (value >>> 8);
    array[at + 1] = (byte) value;
    return this;
  }

  /** Writes three octets, 0 to 2^24-1. */
  public ByteWriter u24(int value) {
    checkFits(value, 0xff_ffff);
    int at = advance(3);
    array[at] = (byte) (value >>> 16);
    array[at + 1] = (byte) (value >>> 8);
    array[at + 2] = (byte) value;
    return this;
  }

  /** Writes four octets, 0 to 2^32-1. */
  public ByteWriter u32(long value) {
    checkFits(value, 0xffff_ffffL);
    int at = advance(4);
    array[at] = (byte) (value >>> 24);
    array[at + 1] = (byte) (value >>> 16);
    array[at + 2] = (byte) (value >>> 8);
    array[at + 3] = (byte) value;
    return this;
  }

  /** Writes the bits of a {@code long} as eight octets. */
  public ByteWriter i64(long value) {
    return u32(value >>> 32).u32(value & 0xffff_ffffL);
  }

  /** Writes four octets. */
  public ByteWriter ipv4(Ipv4 address) {
    return u32(address.value() & 0xffff_ffffL);
  }

  /** Writes sixteen octets. */
  public ByteWriter ipv6(Ipv6 address) {
    return i64(address.high()).i64(address.low());
  }

  /** Writes the octets. */
  public ByteWriter bytes(Bytes octets) {
    int at = advance(octets.length());
    octets.copyTo(array, at);
    return this;
  }

  /** Writes so many zeros. */
  public ByteWriter zeros(int count) {
    advance(count); // The array is made of them, and nothing is written twice.
    return this;
  }

  /** What has been written. The writer must not be used afterwards. */
  public Bytes toBytes() {
    return position == array.length ? Bytes.wrap(array) : Bytes.copyOf(array, 0, position);
  }

  private static void checkFits(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " is not 0 to " + max);
    }
  }

  private int advance(int length) {
    int at = position;
    if (length > array.length - at) {
      array = Arrays.copyOf(array, Math.max(at + length, array.length * 2));
    }
    position = at + length;
    return at;
  }
}
