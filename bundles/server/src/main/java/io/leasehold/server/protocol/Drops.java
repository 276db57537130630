// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Family;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts datagrams of a family that are not answered. Any thread. */
public final class Drops {
  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

  /** Why a datagram is not answered. */
  public interface Reason {
    /** Name of its counter. */
    String counter();
  }

  private final String all;
  private final Counters counters;

  /** Counts with the drops of a family. */
  public Drops(Family family, Counters counters) {
    this.all = PacketCounter.RECEIVE_DROP.of(family);
    this.counters = counters;
  }

  /**
   * Counts one.
   *
   * @param packet the message, or what is known of it, for the log
   */
  public void count(Reason why, Object packet, Arrival arrival) {
    counters.count(all);
    counters.count(why.counter());
    LOG.debug(
        "{} from {} on {} is dropped: {}", packet, arrival.remote(), arrival.interfaceName(), why);
  }
}
