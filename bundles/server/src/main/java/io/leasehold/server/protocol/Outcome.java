// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import io.leasehold.transport.Destination;
import java.util.List;

/**
 * What became of a request.
 *
 * @param replyOrNull the complete datagram, Relay-reply messages included; null if nothing is said
 * @param destinationOrNull where it goes; null without a reply
 * @param changes leases that changed; the reply must wait until they are durable
 * @param replyCounter counter to add to when the reply is sent
 * @param probeOrNull what the reply, which changes no lease, waits for; null for nothing
 * @param afterwardsOrNull what is to be done when the changes are durable; null for nothing
 */
public record Outcome(
    Bytes replyOrNull,
    Destination destinationOrNull,
    List<LeaseChange> changes,
    String replyCounter,
    ProbeWish probeOrNull,
    Runnable afterwardsOrNull) {
  /** Nothing is said and nothing changed. */
  public static final Outcome SILENCE = new Outcome(null, null, List.of(), "");

  /** Copies the list. */
  public Outcome {
    changes = List.copyOf(changes);
  }

  /** A reply that waits for no probe. */
  public Outcome(
      Bytes replyOrNull,
      Destination destinationOrNull,
      List<LeaseChange> changes,
      String replyCounter) {
    this(replyOrNull, destinationOrNull, changes, replyCounter, null, null);
  }
}
