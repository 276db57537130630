// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarContact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The pool user as relay agents and operators have it. Any thread; nothing blocks. */
public final class UserDesk implements PoolDirectory, PoolUserControl {
  private final UserSettings settings;
  private final Surroundings around;
  private final UserTally tally = new UserTally();
  private final ConcurrentMap<PoolHandle, FollowedPool> pools = new ConcurrentHashMap<>();
  private final String refused;
  private final PoolUser user;
  private final Commands commands;
  private volatile List<RegistrarContact> registrars = List.of();
  private volatile List<String> huntAlarms = List.of();
  private volatile boolean closed;

  /** Something for the thread of the pool user. */
  interface Command {
    /** Does it. */
    void accept(PoolUser user, long now);
  }

  /**
   * One that waits for {@link PoolUser#start}.
   *
   * @param commands on the thread that tells {@link #user} of events
   * @param document what was stored; empty if there is nothing
   */
  public UserDesk(
      UserSettings settings, Surroundings around, Commands commands, Bytes document, long now) {
    this.settings = settings;
    this.around = around;
    this.commands = commands;
    this.refused = load(document);
    this.user = new PoolUser(settings, around, this, now);
  }

  /** What is damaged was perhaps changed by somebody, and is not used, not in parts either. */
  private String load(Bytes document) {
    try {
      for (StoredPool each : ViewDocument.read(document)) {
        MemberSelection selection = MemberSelection.of(each.response(), around.random());
        PoolHandle handle = new PoolHandle(each.response().handle().octets());
        Known known = Known.stored(handle, selection, instant(each.epochSecond()));
        pools.put(handle, new FollowedPool(handle, known, settings, tally));
      }
      return "";
    } catch (IllegalArgumentException e) {
      return "what was stored of pools is not used: " + e.getMessage();
    }
  }

  private static Instant instant(long epochSecond) {
    long most = Instant.MAX.getEpochSecond();
    return Instant.ofEpochSecond(Math.max(0, Math.min(epochSecond, most)));
  }

  /** What hears of connections and time, on its thread. */
  public PoolUser user() {
    return user;
  }

  /** Why what was stored is not used; empty if it is. */
  public String refused() {
    return refused;
  }

  UserTally tally() {
    return tally;
  }

  /** Pools that are or were followed, or were stored. */
  Stream<FollowedPool> pools() {
    return pools.values().stream();
  }

  /** Null if nobody has ever followed it. */
  FollowedPool pool(PoolHandle handle) {
    return pools.get(handle);
  }

  @Override
  public PoolSubscription follow(PoolHandle handle, PoolListener listener) {
    FollowedPool pool = pools.get(handle);
    if (pool == null && pools.size() >= ViewDocument.MOST_POOLS) {
      throw new IllegalStateException(
          "a pool user follows " + ViewDocument.MOST_POOLS + " pools at most");
    }
    pool = pools.computeIfAbsent(handle, this::unknown);
    Following follower = new Following(pool, listener, this);
    if (closed || !execute((core, now) -> core.follow(follower, now))) {
      throw new IllegalStateException("the pool user stops, or has too much to do");
    }
    return follower;
  }

  private FollowedPool unknown(PoolHandle handle) {
    return new FollowedPool(
        handle, Known.nothing(handle, around.clock().instant()), settings, tally);
  }

  /** Even if there is no room for that on the thread, it hears nothing more. */
  void leave(Following follower) {
    execute((core, now) -> core.leave(follower, now));
  }

  boolean execute(Command command) {
    boolean taken = commands.execute(now -> command.accept(user, now));
    if (!taken) {
      tally.count(UserCounter.COMMANDS_REFUSED);
    }
    return taken;
  }

  /** As the hunt is now. For the thread of the pool user. */
  void show(List<RegistrarContact> contacts, List<String> alarms) {
    registrars = contacts;
    huntAlarms = alarms;
  }

  /** Nobody can follow a pool any more. */
  public void close() {
    closed = true;
  }

  private Stream<FollowedPool> followed() {
    return new TreeMap<>(pools).values().stream().filter(FollowedPool::isFollowed);
  }

  @Override
  public List<PoolView> views() {
    return followed().map(each -> each.known().view()).toList();
  }

  @Override
  public List<RegistrarContact> registrars() {
    return registrars;
  }

  @Override
  public List<PoolTrace> trace(Bytes client) {
    return followed()
        .map(
            each -> {
              MemberSelection selection = each.known().selection();
              return new PoolTrace(each.handle, selection.policy(), selection.trace(client));
            })
        .toList();
  }

  @Override
  public Map<String, Long> counters() {
    return tally.values();
  }

  @Override
  public List<String> alarms() {
    List<String> all = new ArrayList<>(huntAlarms);
    if (!refused.isEmpty()) {
      all.add(refused);
    }
    for (PoolView each : views()) {
      switch (each.state()) {
        case CURRENT -> {
          if (each.members().isEmpty()) {
            all.add("pool " + each.handle() + " has no members");
          }
        }
        case STALE ->
            all.add(
                "pool %s is used as it was known last; no registrar tells of it since %s"
                    .formatted(each.handle(), each.since()));
        case UNKNOWN -> all.add("pool " + each.handle() + ": no registrar has ever told of it");
      }
    }
    return all;
  }
}
