// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Family;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports errors of this program that a packet brought to light. Whoever finds such a packet can
 * send it often, so the log gets the first report and then ever fewer; the counter gets all. Any
 * thread.
 */
public final class Defects {
  private static final Logger LOG = LoggerFactory.getLogger(Defects.class);

  private final AtomicLong reports = new AtomicLong();
  private final Family family;
  private final Counters counters;

  /** Counts with the drops of a family. */
  public Defects(Family family, Counters counters) {
    this.family = family;
    this.counters = counters;
  }

  /** Counts an error, and logs it if it is the first, second, fourth and so on. */
  public void report(Arrival arrival, RuntimeException error) {
    counters.count(PacketCounter.RECEIVE_DROP.of(family));
    counters.count(PacketCounter.DEFECT.of(family));
    long number = reports.incrementAndGet();
    if (Long.bitCount(number) == 1) {
      // Who sent it and what is in it is not for everybody who reads this.
      LOG.error(
          "a packet on interface '{}' was dropped because of an error in this program, for the {}. "
              + "time; please report it",
          arrival.interfaceName(),
          number,
          error);
    }
  }
}
