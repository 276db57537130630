// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;

/** Messages, framed, that go in one record of TLS. One thread. */
final class Gathering {
  /** What a record holds (RFC 8446 section 5.1). */
  private static final int MOST_OCTETS = 1 << 14;

  private final Framing framing;
  private ByteBuffer octets = ByteBuffer.allocate(0);

  Gathering(Framing framing) {
    this.framing = framing;
  }

  /** Appends a message; false if there is no room for it. */
  boolean add(Bytes message) {
    int needed = octets.position() + Frames.octets(framing, message);
    if (needed > MOST_OCTETS) {
      return false;
    }
    if (needed > octets.capacity()) {
      int room = Math.min(MOST_OCTETS, Integer.highestOneBit(needed) * 2);
      octets = ByteBuffer.allocate(room).put(octets.flip());
    }
    Frames.put(framing, message, octets);
    return true;
  }

  /** Whether nothing is here. */
  boolean isEmpty() {
    return octets.position() == 0;
  }

  /** All of it, to be used before the next one is added. */
  ByteBuffer take() {
    ByteBuffer taken = octets.duplicate().flip();
    octets.clear();
    return taken;
  }
}
