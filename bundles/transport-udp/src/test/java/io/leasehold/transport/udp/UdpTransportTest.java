// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.testkit.TransportContract;
import io.leasehold.transport.Transport;
import java.time.Duration;

class UdpTransportTest extends TransportContract {
  private final UdpTransport transport =
      new UdpTransport(new UdpSettings(1 << 20, Duration.ofMillis(50), 2));

  @Override
  protected Transport transport() {
    return transport;
  }
}
