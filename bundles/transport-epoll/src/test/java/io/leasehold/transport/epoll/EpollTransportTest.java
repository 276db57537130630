// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.testkit.TransportContract;
import io.leasehold.transport.Transport;
import java.time.Duration;

class EpollTransportTest extends TransportContract {
  private final EpollTransport transport =
      new EpollTransport(new EpollSettings(1 << 20, Duration.ofMillis(50), 2, 1000, true));

  @Override
  protected Transport transport() {
    return transport;
  }
}
