// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.LeaseKey;
import io.leasehold.server.protocol.ProbeWish;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Replies that wait until it is known that nobody uses an address, one for each address: of a
 * client that asks again, the newest. Bounded. Owned by the lane.
 */
final class HeldOffers {
  /** What a probe may take beyond the patience before it counts as lost. */
  private static final long GRACE_SECONDS = 5;

  /**
   * A reply that waits.
   *
   * @param job what it answers
   * @param wish what it waits for
   * @param attempt how many addresses were probed for the client, this one included
   * @param until when the probe counts as lost, in seconds since 1970
   */
  record Held(Job<?> job, Reply reply, ProbeWish wish, int attempt, long until) {
    static Held of(Job<?> job, Reply reply, ProbeWish wish, int attempt, long now) {
      long seconds = wish.patience().multipliedBy(wish.requests()).toSeconds() + GRACE_SECONDS;
      return new Held(job, reply, wish, attempt, now + seconds);
    }

    private Held instead(Held earlier) {
      return new Held(job, reply, wish, Math.max(attempt, earlier.attempt), earlier.until);
    }
  }

  private final int most;
  private final Map<LeaseKey, Held> byKey = new LinkedHashMap<>();

  HeldOffers(int most) {
    this.most = most;
  }

  /** Whether there is room for one more, or its address is being probed already. */
  boolean takes(ProbeWish wish, long now) {
    if (byKey.size() >= most) {
      for (Iterator<Held> all = byKey.values().iterator(); all.hasNext(); ) {
        if (all.next().until() <= now) {
          all.remove();
        }
      }
    }
    return byKey.size() < most || byKey.containsKey(wish.key());
  }

  /** Holds a reply back; true if the probe of its address is still to be started. */
  boolean hold(Held held, long now) {
    LeaseKey key = held.wish().key();
    Held earlier = byKey.get(key);
    boolean running = earlier != null && now < earlier.until();
    byKey.put(key, running ? held.instead(earlier) : held);
    return !running;
  }

  /** Takes out the reply that waits for an address; null if none does. */
  Held release(LeaseKey key) {
    return byKey.remove(key);
  }

  void clear() {
    byKey.clear();
  }
}
