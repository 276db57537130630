// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable sequence of octets, possibly a view into a larger array. Two sequences are equal
 * when their octets are; the order is unsigned and lexicographic.
 *
 * <p>A slice shares the array it was cut from and keeps it alive: what outlives a packet should be
 * stored as {@link #compact()}. Safe for use by any thread. Indexes out of range throw {@link
 * IndexOutOfBoundsException}; code that reads untrusted octets uses {@code ByteReader} instead.
 */
public final class Bytes implements Comparable<Bytes> {
  /** No octets. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Octets given as numbers from 0 to 255.
   *
   * @throws IllegalArgumentException if a number is outside that range
   */
  public static Bytes of(int... octets) {
    byte[] array = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      if ((octets[i] & ~0xff) != 0) {
        throw new IllegalArgumentException("not an octet: " + octets[i]);
      }
      array[i] = (byte) octets[i];
    }
    return wrap(array);
  }

  /** A copy of the whole array. */
  public static Bytes copyOf(byte[] octets) {
    return wrap(octets.clone());
  }

  /** A copy of {@code length} octets of the array from {@code offset}. */
  public static Bytes copyOf(byte[] octets, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, octets.length);
    return wrap(Arrays.copyOfRange(octets, offset, offset + length));
  }

  /** A copy of the remaining octets of the buffer, whose position is left alone. */
  public static Bytes copyOf(ByteBuffer buffer) {
    byte[] array = new byte[buffer.remaining()];
    buffer.get(buffer.position(), array);
    return wrap(array);
  }

  /** The array itself, without a copy. The caller gives it away and must not write to it again. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** The UTF-8 octets of the text. */
  public static Bytes ofUtf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Octets written as hexadecimal digits in either case: {@code ""}, {@code "0a0b"}, {@code
   * "0x0a0b"} or {@code "0a:0b"}; between colons one digit is enough.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes ofHex(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    byte[] octets = new byte[(digits.length() + 1) / 2];
    boolean separated = digits.indexOf(':') >= 0;
    int count = 0;
    int at = 0;
    while (at < digits.length()) {
      int colon = separated ? digits.indexOf(':', at) : at + 2;
      int end = separated && colon < 0 ? digits.length() : colon;
      boolean last = end == digits.length();
      boolean sized = end - at == 2 || separated && end - at == 1;
      if (!sized || end > digits.length() || separated && !last && end + 1 == digits.length()) {
        throw new IllegalArgumentException("not hexadecimal octets: " + text);
      }
      octets[count++] = (byte) hexOctet(text, digits, at, end);
      at = separated ? end + 1 : end;
    }
    return wrap(count == octets.length ? octets : Arrays.copyOf(octets, count));
  }

  private static int hexOctet(String text, String digits, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = digits.charAt(i);
      if (!HexFormat.isHexDigit(c)) {
        throw new IllegalArgumentException("not hexadecimal octets: " + text);
      }
      value = value << 4 | HexFormat.fromHexDigit(c);
    }
    return value;
  }

  /** The number of octets. */
  public int length() {
    return length;
  }

  /** Whether there are no octets. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The octet at the index, 0 to 255. */
  public int at(int index) {
    Objects.checkIndex(index, length);
    return array[offset + index] & 0xff;
  }

  /** The two octets from the index, network byte order, 0 to 65535. */
  public int u16(int index) {
    Objects.checkFromIndexSize(index, 2, length);
    int i = offset + index;
    return (array[i] & 0xff) << 8 | (array[i + 1] & 0xff);
  }

  /** The four octets from the index, network byte order, unsigned. */
  public long u32(int index) {
    return i32(index) & 0xffff_ffffL;
  }

  /** The eight octets from the index, network byte order, as the bits of a {@code long}. */
  public long i64(int index) {
    return u32(index) << 32 | u32(index + 4);
  }

  private int i32(int index) {
    Objects.checkFromIndexSize(index, 4, length);
    int i = offset + index;
    return (array[i] & 0xff) << 24
        | (array[i + 1] & 0xff) << 16
        | (array[i + 2] & 0xff) << 8
        | (array[i + 3] & 0xff);
  }

  /** The octets from index {@code from} up to, not including, {@code to}; no copy. */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    if (from == to) {
      return EMPTY;
    }
    return to - from == length ? this : new Bytes(array, offset + from, to - from);
  }

  /** These octets without the rest of the array they may be a view of. */
  public Bytes compact() {
    return length == array.length ? this : wrap(toArray());
  }

  /**
   * Where the first octet lies in the array this is a view of; for a slice of a received packet,
   * its offset in the packet. Meant for error messages.
   */
  public int sourceOffset() {
    return offset;
  }

  /** A new array with a copy of the octets. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Copies all octets into {@code target} from {@code targetOffset}. */
  public void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(array, offset, target, targetOffset, length);
  }

  /** Appends all octets to the buffer at its position. */
  public void putInto(ByteBuffer buffer) {
    buffer.put(array, offset, length);
  }

  /** The octets as lower-case hexadecimal digits, {@code "0a0b"}. */
  public String toHex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  /** The octets as lower-case hexadecimal digits with a separator between pairs. */
  public String toHex(String separator) {
    return HexFormat.ofDelimiter(separator).formatHex(array, offset, offset + length);
  }

  /** The octets read as UTF-8; what is not valid becomes U+FFFD. */
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    // Identifiers often differ in a few neighbouring octets only: a sum of powers of 31 would make
    // most of them collide.
    long hash = length;
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      hash = mix(hash ^ i64(at));
    }
    long rest = 0;
    for (; at < length; at++) {
      rest = rest << 8 | at(at);
    }
    return (int) mix(hash ^ rest);
  }

  private static long mix(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 32;
  }

  /** The same as {@link #toHex()}. */
  @Override
  public String toString() {
    return toHex();
  }
}
