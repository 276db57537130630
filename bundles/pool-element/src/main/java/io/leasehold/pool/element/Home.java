// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import java.util.Optional;

/** The home registrar, as memberships have it. */
interface Home {
  /** Its address; empty while there is no home. */
  Optional<Ipv6> address();

  /**
   * Sends to it.
   *
   * @return false if that was not possible
   */
  boolean send(AsapMessage message);

  /** It did not answer, or does not take messages: another one is looked for. */
  void suspect(String why, long now);
}
