// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.SessionUser;
import io.leasehold.transport.connection.HopLog;
import io.leasehold.transport.connection.Protection;
import java.util.function.Consumer;

/**
 * What associations of a listener, or of one try to connect, have in common.
 *
 * @param application what is spoken
 * @param outgoing whether this host connects
 * @param channel name of the profile
 * @param port of the listener, or of the peer
 * @param limits of associations
 * @param protection which must say that they may be in clear
 * @param user who has them
 * @param counters of all of them
 * @param log of the transport
 */
record Hop(
    Application application,
    boolean outgoing,
    String channel,
    int port,
    HopLimits limits,
    Protection protection,
    SessionUser user,
    Counters counters,
    HopLog log) {
  /** Tells the user something; one with a fault harms its own message only. */
  void tell(HopSession session, Consumer<SessionUser> news) {
    try {
      news.accept(user);
    } catch (RuntimeException e) {
      counters.count(Counters.RECEIVER_THREW);
      log.fault("threw", "a message of " + session + " was lost by a fault in its receiver", e);
    }
  }
}
