// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.datagram.SettingRange;
import java.time.Duration;

/**
 * How the transport works.
 *
 * @param socketBufferOctets receive and send buffer asked of the kernel for every socket
 * @param rescan how often interfaces and addresses are looked at
 * @param threads receiving threads of a binding; every socket belongs to one of them
 */
public record UdpSettings(int socketBufferOctets, Duration rescan, int threads) {
  /** What a configuration without entries means. */
  public static final UdpSettings DEFAULT =
      new UdpSettings(4 * 1024 * 1024, Duration.ofSeconds(1), 1);

  /**
   * Rejects what does not work, all of it at once.
   *
   * @throws IllegalArgumentException naming each key, its value and the accepted form
   */
  public UdpSettings {
    new SettingRange("io.leasehold.transport.udp")
        .check("socket.buffer.octets", socketBufferOctets, 4_096, 1 << 30)
        .check("rescan.millis", rescan.toMillis(), 50, 60_000)
        .check("threads", threads, 1, 64)
        .orThrow();
  }
}
