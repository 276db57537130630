// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.datagram.SettingRange;
import java.time.Duration;

/**
 * How the transport works.
 *
 * @param socketBufferOctets receive and send buffer asked of the kernel for every socket
 * @param rescan how often interfaces and addresses are looked at
 * @param threads receiving threads of a binding; 0 for one for every two processors
 * @param sendQueueMessages messages that may wait in one socket; more are refused and counted
 * @param frames whether hosts that do not answer for their address yet are sent to by frames
 */
public record EpollSettings(
    int socketBufferOctets, Duration rescan, int threads, int sendQueueMessages, boolean frames) {
  /** What a configuration without entries means. */
  public static final EpollSettings DEFAULT =
      new EpollSettings(4 * 1024 * 1024, Duration.ofSeconds(1), 0, 8192, true);

  private static final int MOST_BY_DEFAULT = 8;

  /**
   * Rejects what does not work, all of it at once.
   *
   * @throws IllegalArgumentException naming each key, its value and the accepted form
   */
  public EpollSettings {
    new SettingRange("io.leasehold.transport.epoll")
        .check("socket.buffer.octets", socketBufferOctets, 4_096, 1 << 30)
        .check("rescan.millis", rescan.toMillis(), 50, 60_000)
        .check("threads", threads, 0, 64)
        .check("send.queue.messages", sendQueueMessages, 1, 1_000_000)
        .orThrow();
  }

  /** Threads on a machine with so many processors. */
  int threadsFor(int processors) {
    return threads > 0 ? threads : Math.min(MOST_BY_DEFAULT, Math.max(1, processors / 2));
  }
}
