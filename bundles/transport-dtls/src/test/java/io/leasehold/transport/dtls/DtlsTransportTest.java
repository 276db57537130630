// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.HopTransport;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.hop.HopTransportContract;
import org.junit.jupiter.api.AfterEach;

/** The transport over real sockets, with channels that need no cryptography. */
final class DtlsTransportTest extends HopTransportContract {
  private final QuickDtls quick = new QuickDtls();

  @AfterEach
  void closeSockets() {
    quick.close();
  }

  @Override
  protected HopTransport transport(Channels channels) {
    return quick.transport(channels);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.DATAGRAM;
  }

  @Override
  protected int mostOctets() {
    return Association.LARGEST_MESSAGE;
  }
}
