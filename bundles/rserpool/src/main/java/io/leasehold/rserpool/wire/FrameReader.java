// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds messages in a stream, by the length in their header; padding is taken with the message that
 * it follows (RFC 5354 section 4). What it holds grows with what came, never with what a length
 * claims. One thread.
 */
public final class FrameReader {
  private static final int FIRST_ROOM = 256;

  private final int most;
  private byte[] partial = new byte[0];
  private int have;
  private int length;
  private boolean unusable;

  /**
   * A reader at the beginning of a stream.
   *
   * @param most octets of the largest message that is accepted, without padding, at most {@link
   *     PoolMessage#MAX_LENGTH}
   */
  public FrameReader(int most) {
    if (most < PoolMessage.HEADER_LENGTH || most > PoolMessage.MAX_LENGTH) {
      throw new IllegalArgumentException("no limit for messages: " + most);
    }
    this.most = most;
  }

  /**
   * The next message without its padding; null if there is no whole one, and then all octets were
   * taken, or the stream is unusable.
   *
   * @param in octets in the order they came
   */
  public Bytes next(ByteBuffer in) {
    if (unusable || have < PoolMessage.HEADER_LENGTH && !takeHeader(in)) {
      return null;
    }
    take(in, Tlv.padded(length));
    if (have < Tlv.padded(length)) {
      return null;
    }
    Bytes message = Bytes.wrap(partial).slice(0, length).compact();
    partial = new byte[0];
    have = 0;
    length = 0;
    return message;
  }

  private boolean takeHeader(ByteBuffer in) {
    take(in, PoolMessage.HEADER_LENGTH);
    if (have < PoolMessage.HEADER_LENGTH) {
      return false;
    }
    length = (partial[2] & 0xff) << 8 | partial[3] & 0xff;
    unusable = length < PoolMessage.HEADER_LENGTH || length > most;
    return !unusable;
  }

  private void take(ByteBuffer in, int wanted) {
    int octets = Math.min(in.remaining(), wanted - have);
    int needed = have + octets;
    if (needed > partial.length) {
      int room = needed == wanted ? wanted : Math.max(needed * 2, FIRST_ROOM);
      partial = Arrays.copyOf(partial, Math.min(room, wanted));
    }
    in.get(partial, have, octets);
    have = needed;
  }

  /** Whether a message has begun and is not whole: who reads the stream sets it a time limit. */
  public boolean isPartial() {
    return have > 0;
  }

  /**
   * Whether a length was less than a header or more than the limit; where the next message begins
   * is not known, and nothing more can be read.
   */
  public boolean isUnusable() {
    return unusable;
  }

  /** Octets of memory that a message that is not whole takes. */
  public int held() {
    return partial.length;
  }
}
