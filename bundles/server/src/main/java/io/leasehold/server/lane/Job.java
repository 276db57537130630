// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.Protocol;
import io.leasehold.server.protocol.Request;
import io.leasehold.transport.Path;

/**
 * A request on its way to its lane.
 *
 * @param regime under which it was accepted
 * @param protocol that accepted it and answers it
 * @param request what the client wants
 * @param path the way back
 * @param datagram as it came, to accept it anew if the regime changes before its turn
 * @param <R> requests of the protocol
 */
public record Job<R extends Request>(
    Regime regime, Protocol<R> protocol, R request, Path path, Bytes datagram) {

  /** The same datagram under another regime; null if it is dropped there, which is counted. */
  public Job<?> under(Regime other) {
    return other.accept(request.family(), datagram, request.arrival(), path);
  }

  /** Counts why it is not answered, and tells who wants to know. */
  void drop(PacketCounter why, Counters counters) {
    String counter = why.of(request.family());
    counters.count(counter);
    request.explanation().dropped(counter, "");
  }

  /** Answers the request; on the thread that owns the leases. */
  Outcome answer(LinkLeases leasesOrNull, long now) {
    return protocol.answer(request, leasesOrNull, now);
  }
}
