// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One who follows a pool. Any thread. */
final class Following implements PoolSubscription {
  /** Members whose report waits for the thread; of so many the caller has too many dead ones. */
  private static final int MOST_PENDING = 1024;

  private final FollowedPool pool;
  private final PoolListener listener;
  private final UserDesk desk;
  private final Set<Long> pending = ConcurrentHashMap.newKeySet();

  /** Of which members the caller was told to use. */
  private volatile MemberSelection used = MemberSelection.NOBODY;

  private volatile boolean closed;

  Following(FollowedPool pool, PoolListener listener, UserDesk desk) {
    this.pool = pool;
    this.listener = listener;
    this.desk = desk;
  }

  PoolListener listener() {
    return listener;
  }

  FollowedPool pool() {
    return pool;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public PoolHandle handle() {
    return pool.handle;
  }

  @Override
  public PoolView view() {
    return pool.known().view();
  }

  @Override
  public List<PoolMember> candidates(Bytes client) {
    MemberSelection selection = pool.known().selection();
    if (used != selection) {
      used = selection;
    }
    return selection.candidates(client);
  }

  /** RFC 5352 section 6.9.2: of a member that nobody was sent to there is nothing to report. */
  @Override
  public void unreachable(PoolMember member) {
    if (closed) {
      return;
    }
    if (!used.has(member)) {
      desk.tally().count(UserCounter.REPORTS_UNUSED);
    } else if (pending.size() < MOST_PENDING && pending.add(member.id())) {
      boolean taken =
          desk.execute(
              (user, now) -> {
                pending.remove(member.id());
                user.unreachable(pool, member, now);
              });
      if (!taken) {
        pending.remove(member.id());
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      desk.leave(this);
    }
  }
}
