// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Family;

/** The same for IPv4. */
class EpollTransport4Test extends EpollTransportTest {
  @Override
  protected Family family() {
    return Family.IPV4;
  }
}
