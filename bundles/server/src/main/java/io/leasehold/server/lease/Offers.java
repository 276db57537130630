// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was advertised and not yet asked for, in the order of advertising. Bounded; forgotten at a
 * restart.
 */
final class Offers {
  /** One offer. */
  record Offer(LeaseKey key, ClientIdentity client, long iaid, long until) {
    boolean isTo(Wish wish) {
      return iaid == wish.iaid() && client.equals(wish.client());
    }
  }

  /** With a seeded hash: clients choose their identifiers. */
  private record Owner(int hash, LeaseKind kind, ClientIdentity client, long iaid) {
    @Override
    public int hashCode() {
      return hash;
    }

    /** Written out because the method that a record gets is several times slower. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Owner that
          && hash == that.hash
          && kind == that.kind
          && iaid == that.iaid
          && client.equals(that.client);
    }
  }

  private final int most;
  private final long seed;
  private final LinkedHashMap<LeaseKey, Offer> byKey = new LinkedHashMap<>();
  private final Map<Owner, List<LeaseKey>> byOwner = new HashMap<>();

  Offers(int most, long seed) {
    this.most = most;
    this.seed = seed;
  }

  /** Adds an offer; its key must not be offered. */
  void add(Offer offer) {
    byKey.put(offer.key(), offer);
    byOwner.computeIfAbsent(owner(offer), o -> new ArrayList<>(2)).add(offer.key());
  }

  /** All of them, the oldest first. */
  Collection<Offer> all() {
    return byKey.values();
  }

  /** The offer of a key; null if there is none. */
  Offer of(LeaseKey key) {
    return byKey.get(key);
  }

  /** What is offered to an identity association, the oldest first. */
  List<LeaseKey> to(Wish wish) {
    return byOwner.getOrDefault(owner(wish.kind(), wish.client(), wish.iaid()), List.of());
  }

  /** Takes an offer back; null if there was none. */
  Offer remove(LeaseKey key) {
    Offer offer = byKey.remove(key);
    if (offer != null) {
      Owner owner = owner(offer);
      List<LeaseKey> keys = byOwner.get(owner);
      keys.remove(key);
      if (keys.isEmpty()) {
        byOwner.remove(owner);
      }
    }
    return offer;
  }

  /** The oldest offer, if it is over or there are too many; else null. */
  Offer outlived(long now) {
    if (byKey.isEmpty()) {
      return null;
    }
    Offer oldest = byKey.values().iterator().next();
    return oldest.until() <= now || byKey.size() > most ? oldest : null;
  }

  int size() {
    return byKey.size();
  }

  private Owner owner(Offer offer) {
    return owner(offer.key().kind(), offer.client(), offer.iaid());
  }

  private Owner owner(LeaseKind kind, ClientIdentity client, long iaid) {
    return new Owner(Hashing.of(client, seed ^ iaid), kind, client, iaid);
  }
}
