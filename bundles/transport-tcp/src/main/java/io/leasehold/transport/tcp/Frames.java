// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds messages in a stream: each has its length before it, two octets in network order (RFC 5460
 * section 5.1, RFC 6926 section 6.1). What it holds grows with what came, never with what a length
 * claims. One thread.
 */
final class Frames {
  /** Octets of the largest message. */
  static final int MOST_OCTETS = 0xffff;

  /** Octets of a length. */
  static final int HEADER = 2;

  private static final int FIRST_ROOM = 512;

  private final int most;
  private byte[] partial = new byte[0];
  private int have;
  private int headerOctets;
  private int length;
  private boolean invalid;

  /** Messages of at most so many octets. */
  Frames(int most) {
    this.most = most;
  }

  /**
   * The next message; null if there is no whole one, and then all octets were taken.
   *
   * @param in octets in the order they came
   */
  Bytes next(ByteBuffer in) {
    while (in.hasRemaining() && headerOctets < HEADER && !invalid) {
      length = length << 8 | in.get() & 0xff;
      if (++headerOctets == HEADER) {
        invalid = length == 0 || length > most;
      }
    }
    if (headerOctets < HEADER || invalid) {
      return null;
    }
    take(in);
    if (have < length) {
      return null;
    }
    Bytes message = Bytes.wrap(partial.length == length ? partial : Arrays.copyOf(partial, length));
    partial = new byte[0];
    have = 0;
    headerOctets = 0;
    length = 0;
    return message;
  }

  private void take(ByteBuffer in) {
    int octets = Math.min(in.remaining(), length - have);
    int needed = have + octets;
    if (needed > partial.length) {
      int room = needed == length ? length : Math.max(needed, FIRST_ROOM) * 2;
      partial = Arrays.copyOf(partial, Math.min(room, length));
    }
    in.get(partial, have, octets);
    have = needed;
  }

  /** Whether a message has begun and is not whole. */
  boolean isPartial() {
    return headerOctets > 0;
  }

  /** Whether a length was impossible; nothing more can be read. */
  boolean isInvalid() {
    return invalid;
  }

  /** Octets of memory that a message that is not whole takes. */
  int held() {
    return partial.length;
  }

  /** A message with its length before it. */
  static ByteBuffer framed(Bytes message) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + message.length());
    put(message, frame);
    return frame.flip();
  }

  /** Appends a message with its length before it. */
  static void put(Bytes message, ByteBuffer to) {
    to.putShort((short) message.length());
    message.putInto(to);
  }
}
