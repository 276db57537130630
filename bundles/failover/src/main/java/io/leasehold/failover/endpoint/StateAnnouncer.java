// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * Tells the partner the state, once it is durable (RFC 8156 section 6.3). STARTUP is said as the
 * former state with a flag.
 */
final class StateAnnouncer {
  private Optional<Session> session = Optional.empty();
  private boolean hadCommunicated;

  /**
   * A connection is set up.
   *
   * @param communicated whether both had worked together by what was stored before it: that is what
   *     the flag says as long as the connection lasts
   */
  void onUp(Session opened, boolean communicated) {
    session = Optional.of(opened);
    hadCommunicated = communicated;
  }

  /** It has ended. */
  void onDown() {
    session = Optional.empty();
  }

  /**
   * Says the state, if there is a connection.
   *
   * @param own what is durable
   * @param isStartingUp whether it is the state before STARTUP
   * @param startupSeen whether the partner's last flags said that it is in STARTUP
   */
  void announce(EndpointRecord.Own own, boolean isStartingUp, boolean startupSeen, Moment now) {
    if (session.isEmpty()) {
      return;
    }
    AbsoluteTime since = AbsoluteTime.ofUnixSeconds(own.since());
    Optional<AbsoluteTime> down =
        own.state() == ServerState.PARTNER_DOWN ? Optional.of(since) : Optional.empty();
    ServerFlags flags = new ServerFlags(hadCommunicated, isStartingUp, startupSeen);
    StateReport report = new StateReport(own.state(), flags, since, down);
    session.get().send(Dhcp6MessageType.STATE, report.toOptions(), now);
  }
}
