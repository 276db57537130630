// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.HopTransport;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.hop.HopTransportContract;
import java.util.List;

final class TcpTransportTest extends HopTransportContract {
  @Override
  protected HopTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.STREAM;
  }

  @Override
  protected int mostOctets() {
    return Frames.MOST_OCTETS;
  }
}
