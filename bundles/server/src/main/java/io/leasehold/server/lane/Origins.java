// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.protocol.Glance;
import io.leasehold.transport.Path;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which lane datagrams from somewhere belong to, so that the lane of another one from
 * there is known before it is decoded. What it says is a guess, good enough to drop by: of two
 * origins with one hash, and of an origin with links in several lanes, nothing is known. Bounded;
 * any thread.
 */
public final class Origins {
  /** The lane of an origin that is not known. */
  public static final int UNKNOWN = -1;

  private static final int PLACES = 1 << 12;
  private static final int LANE_BITS = 16;
  private static final long LANE = (1 << LANE_BITS) - 1;

  /** Stands for an origin with several lanes; lane numbers are counted from 1. */
  private static final long SEVERAL = LANE;

  private final long seed;
  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  /** Knows nothing yet. */
  public Origins(long seed) {
    this.seed = seed;
  }

  /** Where a datagram comes from, for the other methods. */
  public int of(Family family, Bytes datagram, Path path) {
    return 31 * Glance.at(family).origin(datagram, seed)
        + path.interfaceName().hashCode() * 2
        + family.ordinal();
  }

  /** The lane of an origin, or {@link #UNKNOWN}. */
  public int laneOf(int origin) {
    long place = places.get(origin & PLACES - 1);
    long lane = place & LANE;
    return (int) (place >>> LANE_BITS) != origin || lane == SEVERAL ? UNKNOWN : (int) lane - 1;
  }

  /** A datagram from there turned out to belong to a lane. */
  public void learn(int origin, int lane) {
    int at = origin & PLACES - 1;
    long before = places.get(at);
    boolean same = (before & LANE) != 0 && (int) (before >>> LANE_BITS) == origin;
    boolean other = same && (before & LANE) != lane + 1;
    long key = (origin & 0xffff_ffffL) << LANE_BITS;
    places.set(at, key | (other ? SEVERAL : lane + 1));
  }

  /** Forgets everything: links have other lanes now. */
  public void clear() {
    for (int at = 0; at < PLACES; at++) {
      places.set(at, 0);
    }
  }
}
