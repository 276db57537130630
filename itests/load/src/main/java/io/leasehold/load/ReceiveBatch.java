// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** Messages that came with one system call. */
final class ReceiveBatch {
  static final int SLOT = 2048;

  private final UdpEndpoint endpoint;
  private final MessageHeaders headers;
  private boolean names;
  private long calls;
  private long received;

  ReceiveBatch(UdpEndpoint endpoint, int capacity) {
    this.endpoint = endpoint;
    headers = new MessageHeaders(capacity, SLOT);
    headers.useControl();
    reset(capacity);
  }

  /** Lets the messages have the address of their sender. */
  void useNames() {
    names = true;
    headers.useNames();
    reset(headers.capacity);
  }

  /** Takes what has arrived, without waiting; returns how many messages. */
  int receive() {
    int count =
        Libc.recvmmsg(endpoint.fd(), headers.address(0), headers.capacity, Libc.MSG_DONTWAIT, 0);
    calls++;
    if (count <= 0) {
      return 0;
    }
    received += count;
    return count;
  }

  /** Needed for messages 0 to count - 1 after they have been looked at and before the next call. */
  void reset(int count) {
    for (int i = 0; i < count; i++) {
      headers.resetControl(i);
      if (names) {
        headers.setNameLength(i, MessageHeaders.NAME_OCTETS);
      }
    }
  }

  boolean isFull(int count) {
    return count == headers.capacity;
  }

  ByteBuffer data() {
    return headers.data;
  }

  int at(int message) {
    return message * SLOT;
  }

  int end(int message) {
    return message * SLOT + Math.min(SLOT, headers.length(message));
  }

  /** See {@link MessageHeaders#stampNanos}. */
  long stampNanos(int message) {
    return headers.stampNanos(message);
  }

  MessageHeaders headers() {
    return headers;
  }

  int capacity() {
    return headers.capacity;
  }

  long calls() {
    return calls;
  }

  long received() {
    return received;
  }
}
