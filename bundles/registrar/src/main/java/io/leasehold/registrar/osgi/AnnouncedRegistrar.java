// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.pool.RegistrarControl.PeerState;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.RegistrarStatus;
import io.leasehold.registrar.asap.Announcer;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;

/**
 * A registrar and what announces it.
 *
 * @param registrar hears of connections
 * @param announcer has time only
 */
record AnnouncedRegistrar(Registrar registrar, Announcer announcer) implements SessionEvents {
  /** What is announced of a registrar. */
  static Announcer.Self self(RegistrarStatus status) {
    return new Announcer.Self() {
      @Override
      public long serverId() {
        return status.serverId();
      }

      @Override
      public boolean isReady() {
        return status.isReady();
      }

      @Override
      public boolean isPeer(long server, long now) {
        return status.peers(now).stream()
            .anyMatch(each -> each.serverId() == server && each.state() != PeerState.TAKEOVER);
      }
    };
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    registrar.opened(session, caller, now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    registrar.message(session, message, now);
  }

  @Override
  public void outdated(long session, long now) {
    registrar.outdated(session, now);
  }

  @Override
  public void ended(long session, String why, long now) {
    registrar.ended(session, why, now);
  }

  @Override
  public void onTimer(long now) {
    registrar.onTimer(now);
    announcer.onTimer(now);
  }

  @Override
  public long deadline() {
    return Math.min(registrar.deadline(), announcer.deadline());
  }
}
