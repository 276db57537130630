// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.Dhcp4Client;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Family;
import io.leasehold.testkit.sim.SimWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server must not do without its partner's word, judged by what the partner has said and not
 * by what the server has recorded of that: promise more than was acknowledged, give to another
 * client what the partner does not know to be free, take what is the partner's to give, or yield to
 * an older claim.
 */
final class PairRules {
  private static final long SAME_TIME_SECONDS = 5;

  /** What a store takes at most to write. */
  private static final long MOST_SECONDS = 10;

  private final SimWorld world;
  private final PairPlan plan;
  private final Map<PairServer, Knowledge> knowledge = new HashMap<>();
  private List<PairServer> servers = List.of();
  private boolean excused;

  /** What the partner of a server has said to it. */
  private static final class Knowledge {
    private final Map<Promised, Long> acknowledged = new HashMap<>();
    private final Map<LeaseKey, ClientIdentity> last = new HashMap<>();
    private final Set<LeaseKey> ended = new HashSet<>();
  }

  private record Promised(LeaseKey key, ClientIdentity client) {}

  PairRules(SimWorld world, PairPlan plan) {
    this.world = world;
    this.plan = plan;
  }

  void watch(List<PairServer> both) {
    servers = both;
    for (PairServer server : both) {
      knowledge.put(server, new Knowledge());
      server.store().watch(change -> changes(server, change));
    }
  }

  /** Both serve alone: what belongs to whom is not said any more. */
  void excuse() {
    excused = true;
  }

  /** They have agreed. */
  void insist() {
    excused = false;
    knowledge.values().forEach(known -> known.last.clear());
  }

  /** A disk is lost. */
  void loses(PairServer server) {
    knowledge.put(server, new Knowledge());
  }

  /** The longest that the partner has acknowledged of a lease; 0 for nothing. */
  long acknowledged(PairServer server, Lease lease) {
    return knowledge
        .get(server)
        .acknowledged
        .getOrDefault(new Promised(lease.key(), lease.client()), 0L);
  }

  /** A message to the partner. */
  void says(PairServer speaker, FailoverMessage message) {
    boolean isAnswer = message.type() == Dhcp6MessageType.BNDREPLY;
    if (!isAnswer && message.type() != Dhcp6MessageType.BNDUPD) {
      return;
    }
    Knowledge hearer = knowledge.get(servers.get(speaker == servers.get(0) ? 1 : 0));
    BindingContainer container = BindingContainer.read(message.options()).orElse(null);
    if (container instanceof PrefixBinding prefix) {
      learn(hearer, LeaseKey.prefix(prefix.lease().unit()), ClientIdentity.NONE, prefix.lease());
    } else if (container instanceof Dhcp4Binding ipv4 && !isError(ipv4.error())) {
      learn(
          hearer,
          LeaseKey.address(Family.IPV4, ipv4.lease().unit().address()),
          ipv4.client().map(PairRules::identity).orElse(ClientIdentity.NONE),
          ipv4.lease());
    } else if (container instanceof ClientBinding client && !isError(client.error())) {
      ClientIdentity identity = ClientIdentity.of(client.client().orElseThrow());
      for (BoundAssociation association : client.associations()) {
        LeaseKind kind =
            association.kind() == BoundAssociation.Kind.PREFIXES
                ? LeaseKind.IA_PD
                : LeaseKind.IA_NA;
        for (BoundLease lease : association.leases()) {
          learn(
              hearer,
              new LeaseKey(0, kind, lease.unit().address(), lease.unit().length()),
              identity,
              lease);
        }
      }
    }
  }

  /** No client of the simulation has an identifier. */
  private static ClientIdentity identity(Dhcp4Client client) {
    return new ClientIdentity(ClientIdentity.Type.HARDWARE, client.name());
  }

  private static boolean isError(Optional<StatusCode> status) {
    return status.filter(code -> code.code() != 0).isPresent();
  }

  private void learn(Knowledge hearer, LeaseKey key, ClientIdentity client, BoundLease lease) {
    BindingFacts facts = lease.facts();
    if (isError(facts.error())) {
      return;
    }
    if (facts.status().filter(status -> status == BindingStatus.ACTIVE).isEmpty()) {
      hearer.ended.add(key);
    } else if (facts.partnerLifetimeSent().isEmpty()) {
      hearer.ended.remove(key);
    } else {
      AbsoluteTime echo = facts.partnerLifetimeSent().get();
      hearer.acknowledged.merge(
          new Promised(key, client), echo.unixSeconds(world.seconds()), Math::max);
    }
  }

  private void changes(PairServer server, LeaseChange change) {
    Lease before = server.store().durable().get(change.key());
    Lease after = change.lease().orElse(null);
    Knowledge known = knowledge.get(server);
    if (after == null || after.state() != LeaseState.ACTIVE) {
      if (server.isUnlimited()) {
        known.ended.add(change.key());
      }
      return;
    }
    ClientIdentity client = after.client();
    ClientIdentity last = known.last.put(change.key(), client);
    if (!isOwn(server, before, after)) {
      mustBeLaterNews(server, before, after);
      return;
    }
    boolean isAgreed = known.ended.remove(change.key());
    if (!excused && !server.isUnlimited()) {
      if (last != null && !last.equals(client) && !isAgreed) {
        world.fail(
            "%s gives %s to %s; its partner has not agreed that it is no more of %s"
                .formatted(server.name(), change.key(), client, last));
      }
      mustBeOwn(server, before, after);
    }
  }

  /** Whether a server has just given a lease, and not learned of it after its disk was lost. */
  private static boolean isOwn(PairServer server, Lease before, Lease after) {
    long age = server.setup().clock().millis() / 1000 - after.times().lastTransaction();
    LeaseMarks marks = LeaseMarks.of(after);
    boolean isLearned = before == null && marks.isAskedAgain();
    return marks.isDue() && !isLearned && Math.abs(age) < MOST_SECONDS;
  }

  /**
   * RFC 8156 section 7.5.4: the primary keeps what another client got before. That is not known of
   * what was given by a clock that was ahead.
   */
  private void mustBeLaterNews(PairServer server, Lease before, Lease after) {
    long now = server.setup().clock().millis() / 1000;
    long heard = LeaseMarks.of(after).partnerHeard();
    if (server.role() == Role.PRIMARY
        && before != null
        && before.isActive(now)
        && !before.client().equals(after.client())
        && before.times().stateSince() <= now + SAME_TIME_SECONDS
        && heard <= before.times().stateSince() + SAME_TIME_SECONDS) {
      world.fail(
          "%s yields %s to %s, who was heard at %d"
              .formatted(server.name(), before, after.client(), heard));
    }
  }

  /** RFC 8156 section 4.2.2: what is counted is given by who has it available. */
  private void mustBeOwn(PairServer server, Lease before, Lease after) {
    if (AddressHalves.isHalved(after.key().kind()) || plan.isReserved(after.key())) {
      return;
    }
    LeaseState state = before == null ? LeaseState.FREE : before.state();
    boolean isPrimary = server.role() == Role.PRIMARY;
    if (state == LeaseState.FREE && !isPrimary || state == LeaseState.FREE_BACKUP && isPrimary) {
      world.fail(
          server.name() + " gives " + after.key() + ", which is its partner's: " + state.word());
    }
  }
}
