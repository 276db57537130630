// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests that wait or whose answer is on its way to the disk, so that one that is sent again
 * meanwhile does not cost its work twice: the answer to the first is the answer to it, too. What is
 * sent again after the answer is answered again, as a client that missed it needs (RFC 9915 section
 * 15, RFC 2131 section 4.1). As large as what waits; any thread.
 */
final class Unanswered {
  private final Set<Retransmission> requests = ConcurrentHashMap.newKeySet();
  private final long seed;

  Unanswered(long seed) {
    this.seed = seed;
  }

  /** Remembers a request, to be given to {@link #end}; null if the same one is remembered. */
  Retransmission begin(Job<?> job) {
    Retransmission request = Retransmission.of(job, seed);
    return requests.add(request) ? request : null;
  }

  void end(Retransmission request) {
    requests.remove(request);
  }
}
