// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.testkit.sim.ServerAnswer;
import io.leasehold.testkit.sim.SimDhcp4Client;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimWorld;

/** Looks at every reply before it leaves (RFC 8156 section 4.4). */
final class PairReplies {
  private final SimWorld world;
  private final long mcltSeconds;
  private final PairRules rules;
  private long seen;

  PairReplies(SimWorld world, long mcltSeconds, PairRules rules) {
    this.world = world;
    this.mcltSeconds = mcltSeconds;
    this.rules = rules;
  }

  /** How many there were. */
  long seen() {
    return seen;
  }

  /**
   * A reply is about to leave.
   *
   * @param arrivedSeconds when the request came, by the server's clock
   * @param isUnlimited whether the server is, or was, in PARTNER-DOWN
   */
  void check(PairServer server, Bytes answer, long arrivedSeconds, boolean isUnlimited) {
    if (SimPackets.isDhcp4(answer)) {
      check4(server, Dhcp4Message.decode(answer), arrivedSeconds, isUnlimited);
      return;
    }
    ServerAnswer reply = ServerAnswer.decode(answer);
    seen++;
    if (reply.type() != Dhcp6MessageType.REPLY) {
      return;
    }
    for (ServerAnswer.Grant grant : reply.grants()) {
      if (grant.valid() > 0) {
        checkGrant(server, grant, arrivedSeconds, isUnlimited);
      }
    }
  }

  private void check4(
      PairServer server, Dhcp4Message answer, long arrivedSeconds, boolean isUnlimited) {
    seen++;
    if (answer.type() == Dhcp4MessageType.ACK) {
      LeaseKey key = SimDhcp4Client.key(answer.yourAddress());
      long seconds = answer.options().first(Dhcp4Options.LEASE_TIME).orElseThrow();
      checkGrant(
          server,
          new ServerAnswer.Grant(key, 0, 0, 0, seconds, seconds),
          arrivedSeconds,
          isUnlimited);
    }
  }

  private void checkGrant(
      PairServer server, ServerAnswer.Grant grant, long arrivedSeconds, boolean isUnlimited) {
    Lease durable = server.store().durable().get(grant.key());
    if (durable == null) {
      world.fail(server.name() + " promises " + grant + ", and nothing is durable");
    } else if (!isUnlimited) {
      checkLimit(server, grant, arrivedSeconds, rules.acknowledged(server, durable));
    }
  }

  private void checkLimit(
      PairServer server, ServerAnswer.Grant grant, long arrivedSeconds, long acked) {
    long most = Math.max(acked - arrivedSeconds, 0) + mcltSeconds;
    if (grant.valid() > most) {
      world.fail(
          "%s promises %s for %d s; acknowledged until %d, now %d, MCLT %d"
              .formatted(
                  server.name(), grant.key(), grant.valid(), acked, arrivedSeconds, mcltSeconds));
    }
  }
}
