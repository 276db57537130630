// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.server.lease.Hashing;
import io.leasehold.server.plan.Link;
import io.leasehold.server.protocol.Precedence;
import io.leasehold.server.protocol.Request;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Counts the requests of a second that begin a conversation. Its memory does not grow with the
 * number of clients: those whose seeded hashes meet share a count, which can only make the limit
 * stricter. Owner: the lane's thread.
 */
final class Beginnings {
  private static final int COUNTS = 1 << 14;

  private final Limits limits;
  private final boolean limited;
  private final long seed;
  private final int[] clients = new int[COUNTS];
  private final int[] relayPorts = new int[COUNTS];
  private final Map<Link, Integer> links = new IdentityHashMap<>();
  private long second;

  Beginnings(Limits limits, long seed) {
    this.limits = limits;
    this.limited = !limits.equals(Limits.NONE);
    this.seed = seed;
  }

  /** Whether a request is within the limits. One that is not counts no further. */
  boolean allows(Request request, long now) {
    if (!limited || request.precedence() != Precedence.BEGINS) {
      return true;
    }
    if (now != second) {
      second = now;
      Arrays.fill(clients, 0);
      Arrays.fill(relayPorts, 0);
      links.clear();
    }
    return allows(clients, request.clientKey(), limits.perClient())
        && allows(relayPorts, request.relayPortKey(), limits.perRelayPort())
        && allowsLink(request.linkOrNull());
  }

  private boolean allows(int[] counts, Bytes key, int limit) {
    if (limit == 0 || key.isEmpty()) {
      return true;
    }
    int at = Hashing.of(key, seed) & COUNTS - 1;
    if (counts[at] >= limit) {
      return false;
    }
    counts[at]++;
    return true;
  }

  private boolean allowsLink(Link linkOrNull) {
    return limits.perLink() == 0
        || linkOrNull == null
        || links.merge(linkOrNull, 1, Integer::sum) <= limits.perLink();
  }
}
