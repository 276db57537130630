// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Admission;

/**
 * Two ends between which a policy requires ESP.
 *
 * @param local our end
 * @param localPort of the policy
 * @param remote the other end
 * @param remotePort of the policy
 */
record Hop(Ipv6 local, int localPort, Ipv6 remote, int remotePort) {
  @Override
  public String toString() {
    return local + " port " + localPort + " to " + remote + " port " + remotePort;
  }

  /**
   * How a hop was found.
   *
   * @param peer entry of the directory
   * @param admission whether messages pass, and what protects them
   * @param keyed whether an SA is in the kernel; if not, the first datagrams will be lost
   * @param connection of the IKE daemon
   * @param child within the connection
   * @param connecting whether the IKE daemon is at it
   */
  record Finding(
      String peer,
      Admission admission,
      boolean keyed,
      String connection,
      String child,
      boolean connecting) {
    Finding refused(String reason) {
      return new Finding(peer, Admission.refused(reason), keyed, connection, child, connecting);
    }
  }
}
