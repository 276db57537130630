// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A pool that somebody follows, or has followed. What is known of it is for any thread; everything
 * else belongs to the thread of the pool user.
 */
final class FollowedPool {
  /** RFC 5352 section 3.5 and RFC 5355 section 2.13: a report for a member, then silence. */
  static final long REPORT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A member that was not reported for so long has answered in the meantime. */
  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  final PoolHandle handle;
  final io.leasehold.rserpool.wire.PoolHandle wireHandle;
  final Question question;

  private final UserTally tally;
  private final List<Following> followers = new CopyOnWriteArrayList<>();
  private final Map<Long, Report> reported = new HashMap<>();
  private final Awaited awaited = new Awaited();
  private volatile Known known;
  private long staleAt = SessionEvents.NEVER;

  /**
   * A member was said not to answer.
   *
   * @param at when last
   * @param heir who has its clients since, if anybody has
   */
  private record Report(long at, Optional<PoolMember> heir) {
    boolean isOlder(long nanos, long now) {
      return now - at >= nanos;
    }

    boolean hasTold(Succession succession) {
      return heir.filter(succession.to()::isReachedAs).isPresent();
    }
  }

  FollowedPool(PoolHandle handle, Known known, UserSettings settings, UserTally tally) {
    this.handle = handle;
    this.wireHandle = new io.leasehold.rserpool.wire.PoolHandle(handle.octets());
    this.question = new Question(settings);
    this.known = known;
    this.tally = tally;
  }

  /** What is known of it. Any thread. */
  Known known() {
    return known;
  }

  /** Whether somebody wants to know. Any thread. */
  boolean isFollowed() {
    return !followers.isEmpty();
  }

  /** From now on this one hears of changes, and at once what is known. */
  void add(Following follower) {
    followers.add(follower);
    if (known.view().state() != PoolView.State.UNKNOWN) {
      tell(follower, each -> each.listener().changed(known.view()));
    }
  }

  void remove(Following follower) {
    followers.remove(follower);
  }

  /**
   * A registrar has told of it.
   *
   * @param told nobody, if it does not know of the pool
   * @param connection on which it has told
   * @param fresh how long that is good for, in nanoseconds
   * @return whether it is news
   */
  boolean learn(
      MemberSelection told,
      Assurance assurance,
      long connection,
      Instant wall,
      long fresh,
      long now) {
    Known before = known;
    MemberSelection all = awaited.completed(told, before.selection(), connection, fresh, now);
    boolean same = before.selection().isLike(all);
    if (told.isEmpty() && !all.isEmpty()) {
      known = same ? before : before.reducedTo(all);
    } else {
      staleAt = now + fresh;
      known = before.learned(all, assurance, wall);
    }
    reported.values().removeIf(each -> each.isOlder(SILENCE_NANOS, now));
    boolean news =
        !same
            || before.view().state() != known.view().state()
            || !before.view().assurance().equals(known.view().assurance());
    if (news) {
      tellAll(each -> each.listener().changed(known.view()));
      Succession.between(before.selection(), all).stream()
          .filter(each -> !isTold(each))
          .forEach(this::tell);
    }
    return news;
  }

  /** Nobody says any more that it is so, if it is time. */
  boolean grewStale(Instant wall, long now) {
    if (!Times.isDue(staleAt, now)) {
      return false;
    }
    staleAt = SessionEvents.NEVER;
    known = known.stale(wall);
    tellAll(each -> each.listener().changed(known.view()));
    return true;
  }

  /**
   * A member was used and did not answer.
   *
   * @return whether that is to be reported
   */
  boolean isReportDue(PoolMember member, long now) {
    if (!known.selection().has(member)) {
      tally.count(UserCounter.REPORTS_UNUSED);
      return false;
    }
    Report last = reported.get(member.id());
    if (last != null && !last.isOlder(REPORT_PAUSE_NANOS, now)) {
      tally.count(UserCounter.REPORTS_HELD_BACK);
      return false;
    }
    if (last != null && !last.isOlder(SILENCE_NANOS, now)) {
      reported.put(member.id(), new Report(now, last.heir()));
      return true;
    }
    Optional<PoolMember> heir = known.selection().heir(member, each -> isSilent(each, now));
    reported.put(member.id(), new Report(now, heir));
    heir.ifPresent(to -> tell(new Succession(member, to)));
    return true;
  }

  /** It was reported before it left, and is not told again. */
  private boolean isTold(Succession succession) {
    Report report = reported.get(succession.from().id());
    return report != null && report.hasTold(succession);
  }

  private boolean isSilent(PoolMember member, long now) {
    Report last = reported.get(member.id());
    return last != null && !last.isOlder(SILENCE_NANOS, now);
  }

  private void tell(Succession succession) {
    tally.count(UserCounter.FAILOVERS);
    Assurance assurance = known.view().assurance();
    tellAll(each -> each.listener().failover(succession.from(), succession.to(), assurance));
  }

  private void tellAll(Consumer<Following> what) {
    followers.forEach(each -> tell(each, what));
  }

  /** A fault of one who follows is no reason for the others not to hear. */
  private void tell(Following follower, Consumer<Following> what) {
    try {
      if (!follower.isClosed()) {
        what.accept(follower);
      }
    } catch (RuntimeException e) {
      tally.count(UserCounter.LISTENER_FAULTS);
    }
  }

  /** When it is to be looked at again. */
  long deadline() {
    return isFollowed() ? Times.earlier(question.deadline(), staleAt) : staleAt;
  }
}
