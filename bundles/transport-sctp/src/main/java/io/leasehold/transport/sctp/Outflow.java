// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Bytes;
import io.leasehold.transport.connection.SendQueue;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Messages on their way into the kernel. One thread, but for {@link #add} and {@link #sent}. */
final class Outflow {
  private final SendQueue queue;
  private final int protocol;
  private final Counters counters;
  private ByteBuffer blocked;
  private volatile long sent;

  Outflow(SendQueue queue, int protocol, Counters counters) {
    this.queue = queue;
    this.protocol = protocol;
    this.counters = counters;
  }

  /** Takes a message if there is room. Any thread. */
  boolean add(Bytes message) {
    return queue.add(message);
  }

  /**
   * Sends what waits, as long as the kernel has room.
   *
   * @return whether anything was sent
   */
  boolean flush(Wire wire) throws IOException {
    long before = sent;
    while (next()) {
      int octets = blocked.remaining();
      if (!wire.send(blocked, protocol)) {
        blocked.rewind();
        break;
      }
      blocked = null;
      sent++;
      counters.count(Counters.SENT);
      counters.add(Counters.SENT_OCTETS, octets);
    }
    return sent > before;
  }

  private boolean next() {
    if (blocked == null) {
      Bytes message = queue.poll();
      blocked = message == null ? null : PoolMessages.framed(message);
    }
    return blocked != null;
  }

  /** Whether a message waits for room in the kernel. */
  boolean isBlocked() {
    return blocked != null;
  }

  /** Whether all was sent. */
  boolean isEmpty() {
    return blocked == null && queue.isEmpty();
  }

  /** Drops what waits, and takes nothing any more. */
  void shut() {
    queue.shut();
    blocked = null;
  }

  /** Messages sent. Any thread. */
  long sent() {
    return sent;
  }
}
