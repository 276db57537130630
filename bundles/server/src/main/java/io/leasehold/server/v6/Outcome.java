// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import java.util.List;

/**
 * What became of a request.
 *
 * @param replyOrNull the complete datagram, Relay-reply messages included; null if nothing is said
 * @param remotePort port to send it to: 546, 547, or that of a relay agent (RFC 8357 section 5.2)
 * @param changes leases that changed; the reply must wait until they are durable
 * @param replyCounter counter to add to when the reply is sent
 */
public record Outcome(
    Bytes replyOrNull, int remotePort, List<LeaseChange> changes, String replyCounter) {
  /** Nothing is said and nothing changed. */
  public static final Outcome SILENCE = new Outcome(null, 0, List.of(), "");

  /** Copies the list. */
  public Outcome {
    changes = List.copyOf(changes);
  }
}
