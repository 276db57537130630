// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Makes messages whole that come in parts, and tells those that are none. What it holds is never
 * more than the largest message. One thread.
 */
final class Assembly {
  /** What came. */
  enum Found {
    /** A part that is not the last one. */
    PART,
    /** A message: {@link #message}. */
    MESSAGE,
    /** Something of another protocol. */
    FOREIGN,
    /** A message that is not as long as it says. */
    INVALID,
    /** More than a message can be. */
    TOO_LONG
  }

  private final int protocol;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private Bytes message = Bytes.EMPTY;

  /** Of messages with this payload protocol identifier. */
  Assembly(int protocol) {
    this.protocol = protocol;
  }

  /**
   * Takes what came.
   *
   * @param complete whether a message ends with it
   * @param of its payload protocol identifier
   */
  Found take(ByteBuffer octets, boolean complete, int of) {
    if (of != protocol) {
      return Found.FOREIGN;
    }
    if (parts.size() + octets.remaining() > PoolMessages.MOST_OCTETS) {
      clear();
      return Found.TOO_LONG;
    }
    byte[] part = new byte[octets.remaining()];
    octets.get(part);
    parts.writeBytes(part);
    if (!complete) {
      return Found.PART;
    }
    message = PoolMessages.unframed(Bytes.wrap(parts.toByteArray()));
    clear();
    return message == null ? Found.INVALID : Found.MESSAGE;
  }

  /** The message that is whole, without its padding. */
  Bytes message() {
    return message;
  }

  /** Forgets parts. */
  void clear() {
    parts.reset();
  }
}
