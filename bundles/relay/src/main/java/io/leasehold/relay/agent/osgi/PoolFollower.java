// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.PoolSettings;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.relay.agent.upstream.Uplink;
import io.leasehold.relay.agent.upstream.Upstreams.Member;
import io.leasehold.security.Assurance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the pool of a relay agent as long as there is one and somebody who knows it. Changed by
 * one thread at a time, asked by any.
 */
final class PoolFollower implements AutoCloseable {
  /** What a relay agent speaks with at a time; a registrar cannot make it open more. */
  static final int MOST_MEMBERS = 256;

  static final String FAILOVERS = "pool-failovers";

  private static final Logger LOG = LoggerFactory.getLogger(PoolFollower.class);

  private final Alarms alarms;
  private final Tally tally;
  private final Surroundings surroundings;
  private final Runnable changed;
  private Optional<PoolSettings> settings = Optional.empty();
  private PoolDirectory directory;
  private volatile PoolSubscription subscription;

  /**
   * Follows nothing yet.
   *
   * @param changed is run when the pool has changed; must not block
   */
  PoolFollower(Alarms alarms, Tally tally, Surroundings surroundings, Runnable changed) {
    this.alarms = alarms;
    this.tally = tally;
    this.surroundings = surroundings;
    this.changed = changed;
  }

  /**
   * Follows this pool from now on, as this directory has it.
   *
   * @param wanted empty if there is no pool
   * @param there null if nobody knows pools
   * @return whether that is another one than before
   */
  boolean follow(Optional<PoolSettings> wanted, PoolDirectory there) {
    boolean same =
        there == directory
            && wanted.map(PoolSettings::handle).equals(settings.map(PoolSettings::handle));
    settings = wanted;
    if (same) {
      return false;
    }
    close();
    directory = there;
    if (there != null && wanted.isPresent()) {
      try {
        subscription = there.follow(wanted.get().handle(), new Listener(wanted.get()));
      } catch (IllegalStateException e) {
        LOG.info("pool {} cannot be followed: {}", wanted.get().handle(), e.getMessage());
      }
    }
    return true;
  }

  private final class Listener implements PoolListener {
    private final PoolSettings pool;

    Listener(PoolSettings pool) {
      this.pool = pool;
    }

    @Override
    public void changed(PoolView view) {
      changed.run();
    }

    /** RFC 5355 section 2.9. What protects the hop itself is the channel's, for each member. */
    @Override
    public void failover(PoolMember from, PoolMember to, Assurance assurance) {
      tally.count(FAILOVERS);
      LOG.info(
          "pool {}: clients of {} go to {}, by the word of a registrar {}",
          pool.handle(),
          from,
          to,
          assurance.covers(Assurance.TRUSTED) ? "that is trusted" : "over an unprotected hop");
    }
  }

  /** What is known of the pool; empty if nobody can say. */
  Optional<PoolView> view() {
    return subscription().map(PoolSubscription::view);
  }

  /** Empty while there is none. */
  Optional<PoolSubscription> subscription() {
    return Optional.ofNullable(subscription);
  }

  /** The members that can be used; why the others cannot is told. */
  List<Member> members(Function<UplinkSettings, Uplink> uplinks) {
    List<Member> members = new ArrayList<>();
    if (settings.isPresent()) {
      PoolSettings pool = settings.get();
      for (PoolMember each : view().map(PoolView::members).orElse(List.of())) {
        String obstacle =
            members.size() < MOST_MEMBERS
                ? pool.obstacle(each)
                : "a relay agent uses " + MOST_MEMBERS + " at most";
        if (obstacle.isEmpty()) {
          members.add(new Member(each, uplinks.apply(pool.uplink(each))));
        } else {
          refuse(pool, each, obstacle);
        }
      }
    }
    return members;
  }

  private void refuse(PoolSettings pool, PoolMember member, String obstacle) {
    String sentence =
        "pool %s: member %s is not used: %s".formatted(pool.handle(), member, obstacle);
    if (alarms.raise("pool-member-" + member.id(), sentence, surroundings.nowMillis())) {
      LOG.warn("{}", sentence);
    }
  }

  @Override
  public void close() {
    PoolSubscription ended = subscription;
    subscription = null;
    directory = null;
    if (ended != null) {
      ended.close();
    }
  }
}
