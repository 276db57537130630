// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.hunt.Announcements;
import io.leasehold.rserpool.hunt.HomeListener;
import io.leasehold.rserpool.hunt.RegistrarHunt;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of pools up to date (RFC 5352 sections 3.3 and 3.5 to 3.7). What was known
 * once is used until something else is known, for ever if need be. One thread.
 */
public final class PoolUser implements SessionEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PoolUser.class);

  /** Changes that follow each other are stored together. */
  private static final long STORE_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UserSettings settings;
  private final Surroundings around;
  private final UserDesk desk;
  private final UserTally tally;
  private final RegistrarHunt hunt;
  private final Announcements announcements;
  private Assurance assurance = Assurance.NONE;
  private long storeAt = NEVER;

  /** A pool user that waits for {@link #start}. */
  PoolUser(UserSettings settings, Surroundings around, UserDesk desk, long now) {
    this.settings = settings;
    this.around = around;
    this.desk = desk;
    this.tally = desk.tally();
    this.hunt =
        new RegistrarHunt(settings.hunt(), around.sessions(), new Home(), around.random(), now);
    this.announcements = new Announcements(settings.hunt(), hunt, now);
  }

  /** Where registrars may be; what is heard there is told to it. */
  public Announcements announcements() {
    return announcements;
  }

  /** Looks for a registrar from now on. */
  public void start(long now) {
    hunt.start(now);
    show(now);
  }

  /** Ends its connections, and stores what it knows if that is not done yet. */
  public void stop(long now) {
    hunt.stop("the pool user stops", now);
    if (storeAt != NEVER) {
      store();
    }
    show(now);
  }

  /** Hears which registrar is home. */
  private final class Home implements HomeListener {
    /** RFC 5352 section 2.2.5: what another registrar was asked for, it does not tell. */
    @Override
    public void found(long session, Caller caller, long now) {
      assurance = caller.assurance();
      // RFC 5355 section 2.11: pools and their places are told nobody who reads the log of a day.
      LOG.info("pool user: a registrar is home");
      LOG.debug("pool user: it is {}", caller.remote());
      followed().forEach(each -> each.question.begin(now));
    }

    @Override
    public void lost(String why, long now) {
      LOG.warn("pool user: the registrar is lost, and another one is looked for: {}", why);
      desk.pools().forEach(each -> each.question.end());
    }
  }

  private Stream<FollowedPool> followed() {
    return desk.pools().filter(FollowedPool::isFollowed);
  }

  /** Somebody follows a pool. */
  void follow(Following follower, long now) {
    FollowedPool pool = follower.pool();
    boolean isFirst = !pool.isFollowed();
    pool.add(follower);
    if (isFirst && hunt.hasHome()) {
      pool.question.begin(now);
    }
    work(now);
  }

  /** Somebody follows a pool no more. */
  void leave(Following follower, long now) {
    FollowedPool pool = follower.pool();
    pool.remove(follower);
    if (!pool.isFollowed()) {
      pool.question.end();
    }
    work(now);
  }

  /** RFC 5352 section 3.5: a member was used and did not answer. */
  void unreachable(FollowedPool pool, PoolMember member, long now) {
    if (!pool.isReportDue(member, now)) {
      return;
    }
    if (hunt.hasHome()
        && send(new EndpointUnreachable(pool.wireHandle, member.id()).encode(), now)) {
      tally.count(UserCounter.REPORTS_SENT);
    } else {
      tally.count(UserCounter.REPORTS_LOST);
    }
    work(now);
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    if (!hunt.opened(session, caller, now)) {
      around.sessions().close(session, "a pool user is asked nothing");
    }
    work(now);
  }

  @Override
  public void outdated(long session, long now) {
    hunt.outdated(session, now);
    work(now);
  }

  @Override
  public void ended(long session, String why, long now) {
    hunt.ended(session, why, now);
    work(now);
  }

  @Override
  public void onTimer(long now) {
    hunt.onTimer(now);
    work(now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    if (!hunt.isHome(session)) {
      tally.count(UserCounter.MESSAGES_STRAY);
      return;
    }
    Decoded<AsapMessage> decoded;
    try {
      decoded = AsapMessage.decode(message);
    } catch (MalformedPacketException e) {
      tally.count(UserCounter.MESSAGES_MALFORMED);
      LOG.debug("pool user: a message of the registrar cannot be read: {}", e.getMessage());
      return;
    }
    if (decoded instanceof Decoded.Accepted<AsapMessage> accepted) {
      take(accepted.message(), now);
    } else if (decoded instanceof Decoded.Discarded<AsapMessage> discarded) {
      boolean unknown = discarded.reason() == Decoded.Reason.UNKNOWN_MESSAGE;
      tally.count(unknown ? UserCounter.MESSAGES_UNKNOWN : UserCounter.MESSAGES_INVALID);
    }
    complain(decoded.reports(), now);
    work(now);
  }

  /** RFC 5354 sections 3 and 4. */
  private void complain(List<ErrorCause> reports, long now) {
    if (!reports.isEmpty() && hunt.hasHome()) {
      send(new AsapError(new OperationError(reports)).encode(), now);
    }
  }

  /** Cookies and business cards (RFC 5352 sections 3.8, 3.9) come from pool elements only. */
  private void take(AsapMessage message, long now) {
    if (message instanceof HandleResolutionResponse response) {
      resolved(response, now);
    } else if (message instanceof AsapError error) {
      tally.count(UserCounter.ERRORS_HEARD);
      LOG.debug("pool user: the registrar tells of an error: {}", error.error());
    } else {
      tally.count(UserCounter.MESSAGES_UNEXPECTED);
    }
  }

  private void resolved(HandleResolutionResponse response, long now) {
    FollowedPool pool = desk.pool(new PoolHandle(response.handle().octets()));
    if (pool == null || !pool.isFollowed()) {
      tally.count(UserCounter.RESPONSES_UNWANTED);
      return;
    }
    boolean isEmpty = !response.isNegative() && response.elements().isEmpty();
    if (isEmpty
        || response.error().filter(e -> e.has(ErrorCause.UNKNOWN_POOL_HANDLE)).isPresent()) {
      hunt.answered(now);
      tally.count(UserCounter.RESOLUTIONS_UNKNOWN);
      pool.question.rest(UserSettings.DENIAL_NANOS, now);
      learn(pool, MemberSelection.NOBODY, now);
    } else if (response.isNegative()) {
      tally.count(UserCounter.RESOLUTIONS_REFUSED);
      pool.question.rest(UserSettings.DENIAL_NANOS, now);
      hunt.suspect("it does not tell of pool " + pool.handle + ": " + response.error().get(), now);
    } else {
      hunt.answered(now);
      learn(pool, response, now);
    }
  }

  private void learn(FollowedPool pool, HandleResolutionResponse response, long now) {
    tally.count(UserCounter.RESPONSES_TAKEN);
    MemberSelection told = MemberSelection.of(response, around.random());
    for (int i = told.members().size(); i < response.elements().size(); i++) {
      tally.count(UserCounter.MEMBERS_REPEATED);
    }
    pool.question.rest(settings.stale().toNanos(), now);
    learn(pool, told, now);
  }

  private void learn(FollowedPool pool, MemberSelection told, long now) {
    boolean news = pool.learn(told, assurance, hunt.home(), wall(), fresh(), now);
    if (news) {
      LOG.debug("pool {}: {} members", pool.handle, pool.known().view().members().size());
      storeAt = storeAt == NEVER ? now + STORE_PAUSE_NANOS : storeAt;
    }
  }

  /** What is asked for again must have its time to be answered. */
  private long fresh() {
    return settings.stale().plus(settings.request()).toNanos();
  }

  private Instant wall() {
    return around.clock().instant();
  }

  private void work(long now) {
    desk.pools().forEach(each -> tend(each, now));
    if (Times.isDue(storeAt, now)) {
      store();
    }
    show(now);
  }

  private void tend(FollowedPool pool, long now) {
    if (pool.grewStale(wall(), now) && pool.isFollowed()) {
      LOG.warn("pool {}: no registrar tells of it; it is used as it is known", pool.handle);
    }
    if (!hunt.hasHome() || !pool.isFollowed()) {
      return;
    }
    switch (pool.question.step(now)) {
      case NOTHING -> {}
      case ASK -> ask(pool, now);
      case ASK_AGAIN -> {
        // RFC 5352 section 3.7.2: to the home again, and meanwhile another one is looked for.
        tally.count(UserCounter.RESOLUTIONS_REPEATED);
        ask(pool, now);
        hunt.suspect("it did not answer in time", now);
      }
      case GIVE_UP -> {
        tally.count(UserCounter.RESOLUTIONS_FAILED);
        LOG.warn(
            "pool {}: no answer to {} requests; it is asked for again in some seconds",
            pool.handle,
            settings.retransmits() + 1);
        hunt.suspect("it did not answer at all", now);
      }
    }
  }

  private void ask(FollowedPool pool, long now) {
    tally.count(UserCounter.RESOLUTIONS_SENT);
    send(new HandleResolution(true, pool.wireHandle, OptionalLong.empty()).encode(), now);
  }

  /** RFC 5352 section 3.7.1: what could not be sent on a connection is not sent on it again. */
  private boolean send(Bytes message, long now) {
    long home = hunt.home();
    if (around.sessions().send(home, message)) {
      return true;
    }
    tally.count(UserCounter.SEND_FAILURES);
    String why = "a message could not be sent";
    around.sessions().close(home, why);
    hunt.ended(home, why, now);
    return false;
  }

  private void store() {
    storeAt = NEVER;
    around
        .store()
        .accept(
            ViewDocument.write(
                desk.pools()
                    .filter(each -> !each.known().selection().isEmpty())
                    .limit(ViewDocument.MOST_POOLS)
                    .map(this::stored)
                    .toList()));
  }

  private StoredPool stored(FollowedPool pool) {
    Known known = pool.known();
    boolean isCurrent = known.view().state() == PoolView.State.CURRENT;
    return new StoredPool(
        known.selection().toResponse(pool.wireHandle),
        (isCurrent ? wall() : known.view().since()).getEpochSecond());
  }

  private void show(long now) {
    desk.show(hunt.contacts(now, wall()), hunt.alarms());
  }

  @Override
  public long deadline() {
    long earliest = Times.earlier(hunt.deadline(), storeAt);
    for (FollowedPool each : desk.pools().toList()) {
      earliest = Times.earlier(earliest, each.deadline());
    }
    return earliest;
  }
}
