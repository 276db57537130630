// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.security.Admission;
import io.leasehold.security.HopEnd;

/** Says whether datagrams may pass between two hosts by a channel. Any thread; fails closed. */
@FunctionalInterface
public interface Gate {
  /** Asks the channel of a profile; it refuses while there is none. */
  Admission admit(String channel, HopEnd local, HopEnd remote);
}
