// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import java.util.ArrayDeque;

/**
 * Messages that wait to be sent. Of a full queue the oldest is dropped: who waits longest is likely
 * to have asked again. Locked, because whoever sends must know at once whether it found room, and
 * nothing is done while it is locked but moving a reference.
 */
final class SendQueue {
  private final int most;
  private final ArrayDeque<Bytes> messages = new ArrayDeque<>();

  SendQueue(int most) {
    this.most = most;
  }

  /** Appends a message; false if the oldest was dropped for it. */
  synchronized boolean offer(Bytes message) {
    boolean room = messages.size() < most;
    if (!room) {
      messages.remove();
    }
    messages.add(message);
    return room;
  }

  /** The oldest message; null if there is none. */
  synchronized Bytes poll() {
    return messages.poll();
  }

  /** Whether nothing waits. */
  synchronized boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Drops all and says how many. */
  synchronized int clear() {
    int count = messages.size();
    messages.clear();
    return count;
  }
}
