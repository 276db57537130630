// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.SlotCounters.Count;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The connection of one relationship (RFC 8156 sections 6.1 and 6.6): the one in use, and at most
 * one more on which CONNECT is not answered yet; when that is, it replaces the other. The primary
 * connects until it is stopped. For the thread of the relationship.
 *
 * <p>Messages are to be given in before the timer of the same turn: a partner is not silent whose
 * message waits.
 */
public final class ConnectionSlot {
  /** Instead of a connection in {@link #onEnded}: what was to be opened did not come about. */
  public static final long NONE = 0;

  /** A maximum client lead time below this is taken from the primary, but not approved of. */
  private static final long SHORT_MCLT_SECONDS = 30;

  private final FailoverSettings settings;
  private final LongSupplier mcltSeconds;
  private final RandomGenerator ids;
  private final SlotListener listener;
  private final Outbox outbox;
  private final ConnectPace pace;
  private final SlotCounters counters = new SlotCounters();
  private final PartnerFacts partner;
  private final Troubles troubles;

  private boolean wanted;
  private Setup setup;
  private Session session;
  private Dispatch dispatch;

  /**
   * A slot without a connection.
   *
   * @param mcltSeconds the maximum client lead time in force; the primary says it in CONNECT
   * @param ids where the first transaction id of each connection is from
   */
  public ConnectionSlot(
      FailoverSettings settings,
      LongSupplier mcltSeconds,
      RandomGenerator ids,
      SlotListener listener,
      Outbox outbox) {
    this.settings = settings;
    this.mcltSeconds = mcltSeconds;
    this.ids = ids;
    this.listener = listener;
    this.outbox = outbox;
    this.pace = new ConnectPace(settings);
    this.partner = new PartnerFacts(settings);
    this.troubles = new Troubles(outbox);
  }

  /** Takes connections from now on; the primary begins to connect. */
  public void start(Moment now) {
    wanted = true;
    if (settings.role() == Role.PRIMARY && session == null && setup == null) {
      pace.atOnce(now);
      connect(now);
    }
  }

  /** Says DISCONNECT, closes, and takes or makes no connection until it is started again. */
  public void stop(StatusCode status, Moment now) {
    wanted = false;
    disconnect(status, now);
    abandon(status.text(), now);
    pace.stop();
  }

  private void connect(Moment now) {
    if (pace.take(now)) {
      counters.count(Count.CONNECTS_TRIED);
      outbox.open();
    }
  }

  /** The primary: what was to be opened is open. A further one replaces what is in use. */
  public void onOpened(long connection, boolean isSecure, Moment now) {
    Line line = new Line(connection, isSecure, ids, outbox);
    if (settings.role() != Role.PRIMARY || !wanted) {
      line.close("this server connects to no partner");
    } else if (settings.isSecure() && !isSecure) {
      line.close("the connection is not protected");
      again("the connection is not protected", true, now);
    } else {
      pace.stop();
      abandon("a newer connection is open", now);
      setup = PrimarySetup.begin(line, ours(), settings.name(), now);
    }
  }

  private ConnectTerms ours() {
    return settings.terms(mcltSeconds.getAsLong());
  }

  /**
   * The secondary: CONNECT came first on a connection. It is judged whole; if it is good, it
   * replaces what is in use, which may be half open (RFC 8156 leaves that to us).
   */
  public void onConnect(
      long connection, boolean isSecure, FailoverMessage connect, Moment arrived) {
    watch(arrived);
    counters.count(Count.RECEIVED);
    Line line = new Line(connection, isSecure, ids, outbox);
    if (settings.isSecure() && !isSecure) {
      // RFC 7653 section 9.1: nothing is said in clear.
      refused("the partner's connection is not protected");
      line.close("the connection is not protected");
      return;
    }
    Optional<StatusCode> refusal =
        unwilling().or(() -> SecondarySetup.judge(connect, settings.name(), ours(), arrived));
    if (refusal.isPresent()) {
      partner.compare(connect, arrived);
      refused("the partner's CONNECT is refused" + Line.says(refusal));
      SecondarySetup.refuse(line, connect.transactionId(), refusal.get(), arrived);
    } else {
      partner.heard(connect, arrived);
      abandon("a newer connection is open", arrived);
      adopt(SecondarySetup.begin(line, connect, arrived));
    }
  }

  private Optional<StatusCode> unwilling() {
    return wanted
        ? Optional.empty()
        : Judgement.status(Dhcp6StatusCode.SERVER_SHUTTING_DOWN, "this server shuts down");
  }

  private void adopt(SecondarySetup begun) {
    setup = begun;
    long mclt = begun.partner().mcltSeconds();
    if (mclt < SHORT_MCLT_SECONDS) {
      outbox.warn("the primary's MCLT is " + mclt + " s; it should be 30 s or more");
    }
    listener.onMclt(mclt, new Adoption(begun));
  }

  /** What follows when the primary's maximum client lead time is stored. */
  private final class Adoption implements Completion<Void> {
    private final SecondarySetup begun;

    Adoption(SecondarySetup begun) {
      this.begun = begun;
    }

    @Override
    public void done(Void nothing, Moment now) {
      if (setup == begun) {
        begun.accept(ours(), now);
        establish(begun.line(), begun.partner(), now);
      }
    }

    @Override
    public void failed(String why, Moment now) {
      if (setup == begun) {
        giveUp("the MCLT could not be stored: " + why, true, now);
      }
    }
  }

  private void establish(Line line, ConnectTerms terms, Moment now) {
    setup = null;
    if (session != null) {
      outbox.note("the partner has connected anew");
      end("the partner has connected anew", now);
    }
    pace.stop();
    troubles.over();
    counters.count(Count.CONNECTS_DONE);
    partner.connected(terms);
    session = new Session(line, terms, settings, now);
    dispatch = new Dispatch(settings.role(), listener, counters);
    listener.onUp(session, now);
  }

  /** A message came. */
  public void onFrame(long connection, FailoverFrame frame, Moment arrived) {
    watch(arrived);
    counters.count(Count.RECEIVED);
    if (isSession(connection)) {
      session.heard(arrived);
      take(frame, arrived);
    } else if (isSetup(connection)) {
      settle(frame, arrived);
    }
  }

  private boolean isSession(long connection) {
    return session != null && session.line().connection() == connection;
  }

  private boolean isSetup(long connection) {
    return setup != null && setup.line().connection() == connection;
  }

  private void take(FailoverFrame frame, Moment arrived) {
    Session taking = session;
    if (frame instanceof FailoverMessage message) {
      partner.heard(message, arrived);
      if (message.type() == Dhcp6MessageType.DISCONNECT) {
        disconnected(message, arrived);
        return;
      }
    }
    Optional<StatusCode> violation = dispatch.take(frame, arrived);
    if (violation.isPresent() && session == taking) {
      refused("the connection is ended" + Line.says(violation));
      hangUp(violation.get(), arrived);
    }
  }

  private void disconnected(FailoverMessage message, Moment arrived) {
    Session ending = session;
    Optional<StatusCode> status = message.options().first(Dhcp6Options.STATUS_CODE);
    counters.count(Count.REFUSED);
    listener.onDisconnect(status, arrived);
    if (session == ending) {
      lose("the partner has disconnected" + Line.says(status), true, arrived);
    }
  }

  /** A message came before CONNECT was answered. */
  private void settle(FailoverFrame frame, Moment arrived) {
    if (frame instanceof UnknownFrame) {
      counters.count(Count.UNKNOWN_SKIPPED);
      return;
    }
    Optional<String> refusal = setup.refusal(frame, arrived);
    if (frame instanceof FailoverMessage message) {
      partner.heard(message, arrived);
      if (refusal.isEmpty()) {
        establish(setup.line(), ConnectTerms.read(message.options()), arrived);
        return;
      }
    }
    giveUp(refusal.orElse("no message"), true, arrived);
  }

  /** What came could not be read as a message (RFC 8156 leaves to us what then is done). */
  public void onMalformed(long connection, String why, Moment arrived) {
    watch(arrived);
    counters.count(Count.MALFORMED);
    StatusCode status = new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, "malformed: " + why);
    if (isSession(connection)) {
      refused("the connection is ended: " + status.text());
      hangUp(status, arrived);
    } else if (isSetup(connection)) {
      giveUp(status.text(), true, arrived);
    }
  }

  /** A connection has ended, or with {@link #NONE} did not come about. */
  public void onEnded(long connection, String why, Moment now) {
    if (isSession(connection)) {
      session.line().ended();
      lose(why, false, now);
    } else if (isSetup(connection)) {
      setup.line().ended();
      giveUp(why, false, now);
    } else if (connection == NONE) {
      again(why, false, now);
    }
  }

  /** Time has passed. */
  public void onTimer(Moment now) {
    watch(now);
    if (setup != null && now.isAt(setup.deadline())) {
      giveUp("CONNECT was not answered in " + Setup.SECONDS + " s", false, now);
    }
    if (session != null && session.isDead(now)) {
      lose("the partner was silent for " + settings.keepaliveSeconds() + " s", false, now);
    }
    if (session != null) {
      session.keepAlive(now);
    }
    connect(now);
  }

  /** A clock that is set back makes what was said of absolute times wrong. */
  private void watch(Moment now) {
    long seconds = session == null ? 0 : session.stepBackSeconds(now);
    if (seconds > 0) {
      outbox.warn("the clock of this server went back by " + seconds + " s");
      drop("the clock of this server went back", now);
    }
  }

  /** The earliest time at which {@link #onTimer} has something to do. */
  public long deadline() {
    long earliest = pace.deadline();
    if (setup != null) {
      earliest = Math.min(earliest, setup.deadline());
    }
    return session == null ? earliest : Math.min(earliest, session.deadline());
  }

  /** Ends the connection in use; the primary connects again after its pause. */
  public void drop(String why, Moment now) {
    if (session != null) {
      lose(why, false, now);
    }
  }

  /** Says DISCONNECT and ends the connection in use; the primary connects again, but later. */
  public void disconnect(StatusCode status, Moment now) {
    if (session != null) {
      hangUp(status, now);
    }
  }

  private void hangUp(StatusCode status, Moment now) {
    session.line().disconnect(status, now);
    lose(status.text(), true, now);
  }

  private void lose(String why, boolean isRefused, Moment now) {
    end(why, now);
    troubles.told(why);
    again(why, isRefused, now);
  }

  private void end(String why, Moment now) {
    session.line().close(why);
    session = null;
    dispatch = null;
    listener.onDown(why, now);
  }

  private void giveUp(String why, boolean isRefused, Moment now) {
    if (isRefused) {
      refused(why);
    }
    abandon(why, now);
    again(why, isRefused, now);
  }

  private void abandon(String why, Moment now) {
    if (setup != null) {
      Setup abandoned = setup;
      setup = null;
      abandoned.giveUp(why, now);
    }
  }

  private void refused(String why) {
    counters.count(Count.REFUSED);
    troubles.refused(why);
  }

  /** The primary connects again when its pause is over, unless there is a connection. */
  private void again(String why, boolean isRefused, Moment now) {
    if (!isRefused) {
      troubles.ended(why);
    }
    if (settings.role() == Role.PRIMARY && wanted && session == null && setup == null) {
      pace.ended(isRefused, now);
    }
  }

  /** The connection in use, if there is one. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** What is known of the partner; always the same object. */
  public PartnerFacts partner() {
    return partner;
  }

  /** What was counted, by name in kebab case. */
  public Map<String, Long> counters() {
    return counters.byName();
  }
}
