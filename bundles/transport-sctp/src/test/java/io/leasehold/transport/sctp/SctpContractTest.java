// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.Application;
import io.leasehold.hop.SessionTransport;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.hop.SessionTransportContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Kernel.class)
final class SctpContractTest extends SessionTransportContract {
  @Override
  protected SessionTransport transport(Channels channels) {
    return new SctpSessionTransport(channels, QuickSctp.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.NETWORK; // provider none
  }

  @Override
  protected boolean carries(Application application) {
    return application == Application.ASAP || application == Application.ENRP;
  }
}
