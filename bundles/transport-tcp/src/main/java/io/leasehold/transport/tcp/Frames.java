// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds messages in a stream: each has its length before it, two octets in network order (RFC 5460
 * section 5.1, RFC 6926 section 6.1), or within it, and is padded then (RFC 5354 section 4). What
 * it holds grows with what came, never with what a length claims. One thread.
 */
final class Frames {
  /** Octets of the largest message. */
  static final int MOST_OCTETS = 0xffff;

  /** Octets of a length that stands before its message. */
  private static final int LENGTH_OCTETS = 2;

  /** Octets of a message up to the end of its length, if that is within. */
  private static final int HEADER_OCTETS = 4;

  private static final int FIRST_ROOM = 512;

  private final boolean within;
  private final int most;
  private byte[] partial = new byte[0];
  private int have;
  private int headerOctets;
  private int header;
  private int length;

  /** Octets of the message and what pads it. */
  private int padded;

  private boolean invalid;

  /** Messages of at most so many octets. */
  Frames(Framing framing, int most) {
    this.within = framing == Framing.LENGTH_WITHIN;
    this.most = most;
  }

  /**
   * The next message; null if there is no whole one, and then all octets were taken.
   *
   * @param in octets in the order they came
   */
  Bytes next(ByteBuffer in) {
    int wanted = within ? HEADER_OCTETS : LENGTH_OCTETS;
    while (in.hasRemaining() && headerOctets < wanted && !invalid) {
      header = header << 8 | in.get() & 0xff;
      if (++headerOctets == wanted) {
        measure();
      }
    }
    if (headerOctets < wanted || invalid) {
      return null;
    }
    take(in);
    if (have < padded) {
      return null;
    }
    byte[] whole = partial.length == padded ? partial : Arrays.copyOf(partial, padded);
    partial = new byte[0];
    have = 0;
    headerOctets = 0;
    header = 0;
    return Bytes.wrap(whole).slice(0, length);
  }

  private void measure() {
    length = header & 0xffff;
    invalid = length < (within ? HEADER_OCTETS : 1) || length > most;
    padded = within ? padded(length) : length;
    if (within && !invalid) {
      partial = ByteBuffer.allocate(HEADER_OCTETS).putInt(header).array();
      have = HEADER_OCTETS;
    }
  }

  private void take(ByteBuffer in) {
    int octets = Math.min(in.remaining(), padded - have);
    int needed = have + octets;
    if (needed > partial.length) {
      int room = needed == padded ? padded : Math.max(needed, FIRST_ROOM) * 2;
      partial = Arrays.copyOf(partial, Math.min(room, padded));
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

  /** Whether a message can be sent: it is not too long, and is as long as it says. */
  static boolean fits(Framing framing, Bytes message) {
    if (framing == Framing.LENGTH_BEFORE) {
      return !message.isEmpty() && message.length() <= MOST_OCTETS;
    }
    if (message.length() < HEADER_OCTETS) {
      return false;
    }
    int told = message.u16(LENGTH_OCTETS);
    return told >= HEADER_OCTETS && (message.length() == told || message.length() == padded(told));
  }

  /** Octets that a message takes in a stream. */
  static int octets(Framing framing, Bytes message) {
    return framing == Framing.LENGTH_BEFORE
        ? LENGTH_OCTETS + message.length()
        : padded(message.length());
  }

  /** A message as it goes through a stream. */
  static ByteBuffer framed(Framing framing, Bytes message) {
    ByteBuffer frame = ByteBuffer.allocate(octets(framing, message));
    put(framing, message, frame);
    return frame.flip();
  }

  /** Appends a message as it goes through a stream. */
  static void put(Framing framing, Bytes message, ByteBuffer to) {
    if (framing == Framing.LENGTH_BEFORE) {
      to.putShort((short) message.length());
      message.putInto(to);
      return;
    }
    message.putInto(to);
    for (int i = message.length(); i < padded(message.length()); i++) {
      to.put((byte) 0);
    }
  }

  private static int padded(int octets) {
    return octets + 3 & ~3;
  }
}
