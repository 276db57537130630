// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.asap.AsapSide;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import java.util.HashMap;
import java.util.Map;

/**
 * A registrar (RFC 5351 section 2.3): pool elements and pool users on one side, other registrars on
 * the other. What happens on a connection is told to the side that opened it, or whose protocol is
 * spoken. One thread.
 */
public final class Registrar implements SessionEvents {
  private final Map<Long, SessionEvents> sides = new HashMap<>();
  private final AsapSide asap;
  private final Federation federation;
  private final RegistrarStatus status;

  /**
   * A registrar that nobody is connected to.
   *
   * @param federation makes the side of other registrars
   */
  public Registrar(
      AsapSettings settings, Premises premises, Sessions sessions, Federation.Factory federation) {
    asap =
        new AsapSide(
            settings,
            premises,
            new SideSessions(sessions, Application.ASAP),
            changes -> federation.join(new SideSessions(sessions, Application.ENRP), changes));
    this.federation = asap.federation();
    status = new RegistrarStatus(premises, asap, this.federation);
  }

  /** Connections of one side. */
  private final class SideSessions implements Sessions {
    private final Sessions all;
    private final Application application;

    SideSessions(Sessions all, Application application) {
      this.all = all;
      this.application = application;
    }

    @Override
    public long connect(ConnectSpec to) {
      long session = all.connect(to);
      sides.put(session, side(application));
      return session;
    }

    @Override
    public boolean send(long session, Bytes message) {
      return all.send(session, message);
    }

    @Override
    public void close(long session, String why) {
      sides.remove(session);
      all.close(session, why);
    }
  }

  private SessionEvents side(Application application) {
    return application == Application.ENRP ? federation : asap;
  }

  /** What operators see; on the thread of the registrar. */
  public RegistrarStatus status() {
    return status;
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    sides.computeIfAbsent(session, number -> side(caller.application()));
    sides.get(session).opened(session, caller, now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    SessionEvents side = sides.get(session);
    if (side != null) {
      side.message(session, message, now);
    }
  }

  @Override
  public void outdated(long session, long now) {
    SessionEvents side = sides.get(session);
    if (side != null) {
      side.outdated(session, now);
    }
  }

  @Override
  public void ended(long session, String why, long now) {
    SessionEvents side = sides.remove(session);
    if (side != null) {
      side.ended(session, why, now);
    }
  }

  @Override
  public void onTimer(long now) {
    federation.onTimer(now);
    asap.onTimer(now);
  }

  @Override
  public long deadline() {
    return Math.min(asap.deadline(), federation.deadline());
  }
}
