// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.server.v4.intake.Drop;

/**
 * What is to be said to a client: a reply, or nothing.
 *
 * @param reply the message; null if there is none
 * @param counter counter of messages like the reply
 * @param drop why nothing is said; null if there is a reply, or if the client expects none
 */
record Draft(Dhcp4Message reply, String counter, Drop drop) {
  /** The message is heeded, and the client expects no answer. */
  static final Draft HEEDED = new Draft(null, "", null);

  static Draft silence(Drop why) {
    return new Draft(null, "", why);
  }
}
