// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.SessionTransport;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.hop.SessionTransportContract;
import java.util.List;

final class TcpSessionTransportTest extends SessionTransportContract {
  @Override
  protected SessionTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.STREAM;
  }
}
