// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.testkit.TransportProbe;

/** The lab's probe on this transport. */
final class UdpProbe {
  private UdpProbe() {}

  public static void main(String[] arguments) {
    TransportProbe.run(new UdpTransport(UdpSettings.DEFAULT), arguments);
  }
}
