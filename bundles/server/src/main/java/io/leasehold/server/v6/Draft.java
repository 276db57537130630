// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.server.v6.intake.Drop;

/**
 * What is to be said to a client: a reply, or nothing.
 *
 * @param reply the message; null if there is none
 * @param counter counter of messages like the reply
 * @param drop why nothing is said; null if there is a reply
 */
record Draft(ClientServerMessage reply, String counter, Drop drop) {
  static Draft silence(Drop why) {
    return new Draft(null, "", why);
  }

  boolean isReply() {
    return reply != null;
  }
}
