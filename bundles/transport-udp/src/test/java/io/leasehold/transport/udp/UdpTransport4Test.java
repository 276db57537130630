// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Family;

/** The same for IPv4. */
class UdpTransport4Test extends UdpTransportTest {
  @Override
  protected Family family() {
    return Family.IPV4;
  }
}
