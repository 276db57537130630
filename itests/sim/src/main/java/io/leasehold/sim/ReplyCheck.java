// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.testkit.sim.ServerAnswer;
import io.leasehold.testkit.sim.SimDhcp4Client;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimWorld;

/**
 * RFC 8415 section 18.3.2 and after, RFC 2131 section 3.1: no reply leaves that promises what a
 * crash could take back.
 */
final class ReplyCheck {
  /** A copy of a request may arrive after its client has given back what it asks for. */
  private static final long LONGEST_WAY_MILLIS = 3000;

  private final SimWorld world;
  private final ServerClock clock;
  private final Promises promises;
  private final Chronicle chronicle;

  ReplyCheck(SimWorld world, ServerClock clock, Promises promises, Chronicle chronicle) {
    this.world = world;
    this.clock = clock;
    this.promises = promises;
    this.chronicle = chronicle;
  }

  /**
   * Looks at a reply that is about to leave.
   *
   * @param arrivedMillis when its request came, in time of the world
   */
  void check(Bytes datagram, long arrivedMillis) {
    if (SimPackets.isDhcp4(datagram)) {
      Dhcp4Message answer = Dhcp4Message.decode(datagram);
      if (answer.type() == Dhcp4MessageType.ACK) {
        Bytes client = SimDhcp4Client.identity(answer.hardware().orElseThrow()).value();
        long seconds = answer.options().first(Dhcp4Options.LEASE_TIME).orElseThrow();
        check(SimDhcp4Client.key(answer.yourAddress()), client, seconds, arrivedMillis);
      }
      return;
    }
    ServerAnswer answer = ServerAnswer.decode(datagram);
    if (answer.type() == Dhcp6MessageType.REPLY) {
      for (ServerAnswer.Grant grant : answer.grants()) {
        if (grant.valid() > 0) {
          check(grant.key(), answer.client(), grant.valid(), arrivedMillis);
        }
      }
    }
  }

  private void check(LeaseKey key, Bytes client, long seconds, long arrivedMillis) {
    Lease lease = chronicle.acknowledged(key);
    long until = arrivedMillis + clock.leastOffset(arrivedMillis) + seconds * 1000;
    if ((lease == null
            || lease.state() != LeaseState.ACTIVE
            || !lease.client().value().equals(client)
            || lease.times().expires() * 1000 + 1000 < until)
        && !promises.wasGivenBackSince(key, arrivedMillis - LONGEST_WAY_MILLIS)) {
      world.fail(
          "a reply promises "
              + key
              + " to "
              + client
              + " until "
              + until
              + ", and durable is "
              + lease);
    }
  }
}
