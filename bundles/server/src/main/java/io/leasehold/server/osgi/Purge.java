// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseStore;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the store written anew when leases have ended, so that what was known of their clients is not
 * only superseded but gone from its files. Told by any thread; looks by the control thread.
 */
final class Purge implements Consumer<List<LeaseChange>> {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final long MILLIS = 1000;

  /** Beside its work for clients a store may have so much work of this: a fifth of the time. */
  private static final int REST = 4;

  private volatile boolean wanted;
  private volatile boolean running;
  private boolean measuring;
  private long began;
  private long earliest;
  private volatile long tookMillis;

  @Override
  public void accept(List<LeaseChange> durable) {
    for (int i = 0; i < durable.size() && !wanted; i++) {
      Lease lease = durable.get(i).lease().orElse(null);
      if (lease == null || lease.state() != LeaseState.ACTIVE) {
        wanted = true;
      }
    }
  }

  /** The store may hold what has ended before. */
  void want() {
    wanted = true;
  }

  /**
   * Begins to write the store anew if that is due.
   *
   * @param seconds in which what has ended has to be gone; 0 leaves it to the store
   */
  void look(LeaseStore storeOrNull, int seconds, long nowMillis) {
    if (measuring && !running) {
      measuring = false;
      tookMillis = nowMillis - began;
      earliest = Math.max(earliest, nowMillis + REST * tookMillis);
    }
    if (storeOrNull == null || seconds == 0 || !wanted || running || nowMillis < earliest) {
      return;
    }
    // Half of the time gathers what ends; the other half is for the store.
    earliest = nowMillis + seconds * MILLIS / 2;
    began = nowMillis;
    measuring = true;
    wanted = false;
    running = true;
    storeOrNull
        .compact()
        .whenComplete(
            (done, failure) -> {
              running = false;
              if (failure != null) {
                wanted = true;
                LOG.debug("the store cannot be written anew now", failure);
              }
            });
  }

  /**
   * In which time what has ended is gone: the configured one, or longer where the store needs so
   * long to be written that it would do little else. Any thread.
   */
  long withinSeconds(int seconds) {
    return Math.max(seconds, (REST + 2) * tookMillis / MILLIS);
  }

  /** Whether something that has ended may be in the store's files. */
  boolean isDue() {
    return wanted || running;
  }
}
