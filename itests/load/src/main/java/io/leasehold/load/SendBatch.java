// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** Messages that leave with one system call. A full batch leaves by itself. */
final class SendBatch {
  static final int SLOT = 512;

  private final UdpEndpoint endpoint;
  private final MessageHeaders headers;
  private int count;
  private long calls;
  private long sent;
  private long failed;

  SendBatch(UdpEndpoint endpoint, int capacity) {
    this.endpoint = endpoint;
    headers = new MessageHeaders(capacity, SLOT);
  }

  ByteBuffer data() {
    return headers.data;
  }

  /** Where in {@link #data()} the next message has to be written. */
  int at() {
    return count * SLOT;
  }

  /** The message at {@link #at()} is complete, and goes where the endpoint is connected to. */
  void add(int octets) {
    headers.setLength(count++, octets);
    if (count == headers.capacity) {
      flush();
    }
  }

  /** The message at {@link #at()} is complete, and goes where a received one has come from. */
  void addAnswer(int octets, ReceiveBatch received, int message) {
    headers.copyName(count, received.headers(), message);
    add(octets);
  }

  /** Needed before {@link #addAnswer}. */
  void useNames() {
    headers.useNames();
  }

  /**
   * Sends what has been added. Blocks while the socket's buffer is full; what the kernel refuses is
   * counted and left out.
   */
  void flush() {
    int done = 0;
    while (done < count) {
      int accepted = Libc.sendmmsg(endpoint.fd(), headers.address(done), count - done, 0);
      calls++;
      if (accepted > 0) {
        done += accepted;
        sent += accepted;
      } else if (Libc.errno() != Libc.EINTR) {
        failed++;
        done++;
      }
    }
    count = 0;
  }

  long calls() {
    return calls;
  }

  long sent() {
    return sent;
  }

  long failed() {
    return failed;
  }
}
