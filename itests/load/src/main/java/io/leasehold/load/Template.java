// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** A message to copy, and where it differs from client to client. */
final class Template {
  private final ByteBuffer octets;

  /** Offsets, or -1 for what the message has not. */
  int xidAt = -1;

  int clientAt = -1;
  int peerAt = -1;
  int addressAt = -1;
  int elapsedAt = -1;

  /**
   * @param draft the message, from 0 to its position
   */
  Template(ByteBuffer draft) {
    octets = ByteBuffer.allocateDirect(draft.position());
    octets.put(0, draft, 0, draft.position());
  }

  int copyTo(ByteBuffer to, int at) {
    to.put(at, octets, 0, octets.capacity());
    return octets.capacity();
  }
}
