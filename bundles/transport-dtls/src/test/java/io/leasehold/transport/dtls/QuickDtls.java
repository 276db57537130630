// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.HopTransport;
import io.leasehold.security.Channels;
import io.leasehold.transport.udp.UdpSettings;
import io.leasehold.transport.udp.UdpTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Transports for tests that do not want to wait, and the sockets under them. */
final class QuickDtls implements AutoCloseable {
  private static final DtlsSettings QUICK =
      new DtlsSettings(
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          20);

  private final Deque<UdpTransport> sockets = new ArrayDeque<>();

  HopTransport transport(Channels channels) {
    UdpTransport datagrams = new UdpTransport(new UdpSettings(1 << 20, Duration.ofMillis(100), 1));
    sockets.add(datagrams);
    return new DtlsTransport(
        new Surroundings(
            datagrams,
            channels,
            System::nanoTime,
            InstantSource.system(),
            new Random(7)::nextDouble),
        QUICK);
  }

  @Override
  public void close() {
    sockets.forEach(UdpTransport::close);
  }
}
