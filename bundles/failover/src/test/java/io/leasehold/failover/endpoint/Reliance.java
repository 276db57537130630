// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** On what two partners may rely, by the messages that have passed, whatever they recorded. */
final class Reliance {
  private record Whose(LeaseKey key, ClientIdentity client) {}

  private record Held(ClientIdentity client, long until) {}

  private final Map<Whose, Long> acknowledged = new HashMap<>();
  private final Map<LeaseKey, Held> held = new HashMap<>();

  /** What is said of a lease. */
  private interface Said {
    void of(LeaseKey key, ClientIdentity client, BindingFacts facts);
  }

  private static void each(Options options, Said said) {
    Optional<BindingContainer> container =
        isError(options.first(Dhcp6Options.STATUS_CODE))
            ? Optional.empty()
            : BindingContainer.read(options);
    if (container.orElse(null) instanceof PrefixBinding prefix) {
      said.of(LeaseKey.prefix(prefix.lease().unit()), ClientIdentity.NONE, prefix.lease().facts());
    } else if (container.orElse(null) instanceof ClientBinding client && !isError(client.error())) {
      ClientIdentity identity = client.client().map(ClientIdentity::of).orElse(ClientIdentity.NONE);
      for (BoundAssociation association : client.associations()) {
        for (BoundLease lease : association.leases()) {
          if (!isError(association.error())) {
            said.of(key(association, lease), identity, lease.facts());
          }
        }
      }
    }
  }

  private static LeaseKey key(BoundAssociation association, BoundLease lease) {
    return association.kind() == BoundAssociation.Kind.PREFIXES
        ? LeaseKey.prefix(lease.unit())
        : LeaseKey.address(lease.unit().address());
  }

  private static boolean isError(Optional<StatusCode> status) {
    return status.filter(one -> one.code() != 0).isPresent();
  }

  /** The partner has answered a BNDUPD of the server. */
  void answered(Options answer, long now) {
    each(
        answer,
        (key, client, facts) -> {
          if (!isError(facts.error())) {
            facts
                .partnerLifetimeSent()
                .ifPresent(until -> acknowledge(key, client, until.unixSeconds(now)));
          }
        });
  }

  /** The partner has said what it acknowledged once. */
  void said(Options update, long now) {
    each(
        update,
        (key, client, facts) ->
            facts
                .acknowledged()
                .ifPresent(until -> acknowledge(key, client, until.unixSeconds(now))));
  }

  private void acknowledge(LeaseKey key, ClientIdentity client, long until) {
    acknowledged.merge(new Whose(key, client), until, Math::max);
  }

  /** The server has answered a BNDUPD of the partner: what it took is so. */
  void taken(Options update, Options answer, long now) {
    Map<LeaseKey, BindingFacts> updates = new HashMap<>();
    Set<LeaseKey> repeated = new HashSet<>();
    each(
        update,
        (key, client, facts) -> {
          if (updates.put(key, facts) != null) {
            repeated.add(key);
          }
        });
    each(
        answer,
        (key, client, facts) -> {
          if (repeated.contains(key)) {
            held.remove(key);
          } else if (!isError(facts.error()) && updates.containsKey(key)) {
            held(key, client, updates.get(key), now);
          }
        });
  }

  private void held(LeaseKey key, ClientIdentity client, BindingFacts facts, long now) {
    Optional<AbsoluteTime> until = facts.statusUntil();
    if (facts.status().filter(BindingStatus.ACTIVE::equals).isPresent() && until.isPresent()) {
      held.put(key, new Held(client, until.get().unixSeconds(now)));
    } else {
      held.remove(key);
    }
  }

  /** The server itself has given a lease: what the partner said of it before is over. */
  void given(LeaseKey key) {
    held.remove(key);
  }

  /** Until when the partner has acknowledged a client's lease, seconds since 1970. */
  OptionalLong acknowledged(LeaseKey key, ClientIdentity client) {
    Long until = acknowledged.get(new Whose(key, client));
    return until == null ? OptionalLong.empty() : OptionalLong.of(until);
  }

  /** Whether the server knows from the partner that somebody else has a lease now. */
  boolean isHeldByAnother(LeaseKey key, ClientIdentity client, long now) {
    Held by = held.get(key);
    return by != null && !by.client().equals(client) && by.until() > now;
  }
}
