// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;

/** Says for which links a relay agent that has proved who it is may speak. Any thread. */
@FunctionalInterface
public interface LinkScope {
  /** Whether it may, by an address of the link: its link-address or giaddr. */
  boolean permits(AuthenticatedPeer peer, Ipv6 link);
}
