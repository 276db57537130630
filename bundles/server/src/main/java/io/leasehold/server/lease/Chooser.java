// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.HostIdentifier.Type;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * The order in which an address or prefix is looked for on one link. Changes nothing but cursors of
 * policies.
 */
final class Chooser {
  private static final int MOST_REMEMBERED = 64;
  private static final int ANY_LENGTH = -1;
  private static final int[] ANY = {ANY_LENGTH};

  private final Link link;
  private final LeaseTable table;
  private final LinkReservations reservations;
  private final LinkPools pools;
  private final Offers offers;
  private final Governance governanceOrNull;

  Chooser(
      Link link, LeaseTable table, LinkReservations reservations, LinkPools pools, Offers offers) {
    this.link = link;
    this.table = table;
    this.reservations = reservations;
    this.pools = pools;
    this.offers = offers;
    this.governanceOrNull = pools.governanceOrNull();
  }

  /** See {@link LinkLeases#choose}. */
  Optional<Choice> choose(Wish wish, long now) {
    Choice reserved = reserved(wish, now);
    if (reserved != null) {
      return Optional.of(reserved);
    }
    boolean prefix = wish.kind() == LeaseKind.IA_PD;
    LeaseKey hinted = wish.hintedKey();
    if (hinted != null && (open(hinted, wish) == null || !isAvailable(hinted, wish, now))) {
      hinted = null;
    }
    if (prefix && hinted != null) {
      return Optional.of(pools.of(hinted).choice(hinted));
    }
    int[] lengths = prefix ? lengthsInOrder(wish) : ANY;
    for (int length : lengths) {
      LeaseKey key = remembered(wish, length, now);
      if (key == null) {
        key = hinted != null ? hinted : pick(wish, length, now);
      }
      if (key != null) {
        return Optional.of(pools.of(key).choice(key));
      }
    }
    boolean borrows = governanceOrNull != null && governanceOrNull.borrows(now);
    for (int length : lengths) {
      LeaseKey key = borrows ? borrow(wish, length, now) : null;
      if (key == null) {
        key = oldestOffer(wish, length, now);
      }
      if (key != null) {
        return Optional.of(pools.of(key).choice(key));
      }
    }
    return Optional.empty();
  }

  /** See {@link LinkLeases#claim}. */
  Optional<Choice> claim(Wish wish, long now) {
    LeaseKey hinted = wish.hintedKey();
    Choice reserved = reserved(wish, now);
    if (reserved != null) {
      return reserved.key().equals(hinted) ? Optional.of(reserved) : Optional.empty();
    }
    PoolUnits pool = hinted == null ? null : open(hinted, wish);
    if (pool == null) {
      return Optional.empty();
    }
    // Where offers take each other's place, they are no promise: whoever asks first has it.
    boolean claimable =
        isAvailable(hinted, wish, now) || pool.free() == 0 && isUnused(hinted, wish, now);
    return claimable ? Optional.of(pool.choice(hinted)) : Optional.empty();
  }

  /** The pool of a key, if the client may have something of it; null if not. */
  private PoolUnits open(LeaseKey key, Wish wish) {
    PoolUnits pool = pools.of(key);
    return pool != null && pool.admits(wish.classes()) ? pool : null;
  }

  /**
   * What is reserved for a client is its own also in a pool for others, as in Kea, but not in a
   * subnet for others. One that is known by its hardware may have been offered it under another
   * DUID.
   */
  private Choice reserved(Wish wish, long now) {
    if (wish.identifiers().isEmpty()) {
      return null;
    }
    Choice first = null;
    for (Subnet subnet : link.subnets()) {
      Optional<Reservation> reservation =
          reservations.of(subnet, wish.identifiers(), wish.classes());
      if (reservation.isEmpty()) {
        continue;
      }
      for (LeaseKey key : LinkReservations.keys(reservation.get(), subnet, wish.kind())) {
        Offers.Offer offer = offers.of(key);
        boolean other = offer != null && !offer.client().equals(wish.client());
        if (other ? isUnused(key, wish, now) : isAvailable(key, wish, now)) {
          Choice choice = reservedChoice(subnet, key);
          if (wish.hints(key)) {
            return choice;
          }
          first = first == null ? choice : first;
        }
      }
    }
    return first;
  }

  private Choice reservedChoice(Subnet subnet, LeaseKey key) {
    PoolUnits pool = pools.of(key);
    return pool == null ? new Choice(subnet, key) : pool.choice(key);
  }

  /**
   * RFC 8168 section 3.2: the length asked for, then the shorter ones, the closest first; then the
   * longer ones, because a client is not refused for its hint.
   */
  private int[] lengthsInOrder(Wish wish) {
    int asked =
        wish.hintLength() == 0 && wish.hintOrNull() != null
            ? wish.hintOrNull().length()
            : wish.hintLength();
    if (asked == 0) {
      return ANY;
    }
    int[] shortestFirst = pools.delegatedLengths();
    int[] order = new int[shortestFirst.length];
    int shorter = 0;
    while (shorter < order.length && shortestFirst[shorter] <= asked) {
      shorter++;
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = shortestFirst[i < shorter ? shorter - 1 - i : i];
    }
    return order;
  }

  /**
   * What the association has, was offered, or had before; else what the client had before under
   * another IAID.
   */
  private LeaseKey remembered(Wish wish, int length, long now) {
    LeaseKey best = null;
    int bestRank = Integer.MAX_VALUE;
    for (LeaseKey key : offers.to(wish)) {
      int rank = wish.hints(key) ? 0 : 2;
      if (rank < bestRank && isIn(key, length, wish) && isAvailable(key, wish, now)) {
        best = key;
        bestRank = rank;
      }
    }
    for (Lease lease : table.ofClient(wish.client(), MOST_REMEMBERED)) {
      LeaseKey key = lease.key();
      int rank = wish.hints(key) ? 0 : rank(lease, wish);
      if (rank < bestRank
          && key.kind() == wish.kind()
          && isIn(key, length, wish)
          && isAvailable(key, wish, now)) {
        best = key;
        bestRank = rank;
      }
    }
    return best;
  }

  private static int rank(Lease lease, Wish wish) {
    if (lease.iaid() != wish.iaid()) {
      return 4;
    }
    return lease.state() == LeaseState.ACTIVE ? 1 : 3;
  }

  private boolean isIn(LeaseKey key, int length, Wish wish) {
    return (length == ANY_LENGTH || length == key.prefixLength()) && open(key, wish) != null;
  }

  private LeaseKey pick(Wish wish, int length, long now) {
    for (PoolUnits pool : pools.from(wish.nearSubnetId())) {
      if (serves(pool, wish, length)) {
        LeaseKey key =
            governanceOrNull == null
                ? pool.pick(wish.already())
                : pool.pick(
                    wish.already(), one -> governanceOrNull.mayGive(one, wish.client(), now));
        if (key != null) {
          return key;
        }
      }
    }
    return null;
  }

  /** RFC 8156 section 8.4.1: what the partner has, while it is down. */
  private LeaseKey borrow(Wish wish, int length, long now) {
    for (PoolUnits pool : pools.from(wish.nearSubnetId())) {
      LeaseKey key =
          serves(pool, wish, length) ? pool.borrow(one -> isAvailable(one, wish, now)) : null;
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  private LeaseKey oldestOffer(Wish wish, int length, long now) {
    for (PoolUnits pool : pools.from(wish.nearSubnetId())) {
      if (serves(pool, wish, length)) {
        for (LeaseKey key : pool.offered()) {
          boolean others = !offers.of(key).client().equals(wish.client());
          if (others
              && !pool.isKept(key)
              && !wish.already().contains(key)
              && isToBeHad(key, table.stateOf(key), wish, now)) {
            return key;
          }
        }
      }
    }
    return null;
  }

  private static boolean serves(PoolUnits pool, Wish wish, int length) {
    return pool.kind() == wish.kind()
        && (length == ANY_LENGTH || length == pool.unitLength())
        && pool.admits(wish.classes());
  }

  /**
   * Whether an association could have a key now: not in use, reserved or offered elsewhere, and not
   * one that it has in this message.
   */
  private boolean isAvailable(LeaseKey key, Wish wish, long now) {
    if (!isUnused(key, wish, now)) {
      return false;
    }
    Offers.Offer offer = offers.of(key);
    return table.stateOf(key) == LeaseState.ACTIVE
        || offer == null
        || offer.until() <= now
        || offer.isTo(wish);
  }

  /** The same, whoever it is offered to. */
  private boolean isUnused(LeaseKey key, Wish wish, long now) {
    if (wish.already().contains(key)) {
      return false;
    }
    LeaseState state = table.stateOf(key);
    boolean own =
        state == LeaseState.ACTIVE
            ? table.find(key).isHeldBy(wish.client(), wish.iaid())
            : isToBeHad(key, state, wish, now);
    return own && !reservedForOther(key, wish.identifiers());
  }

  /** Whether what is recorded leaves a key to the client. */
  private boolean isToBeHad(LeaseKey key, LeaseState stateOrNull, Wish wish, long now) {
    if (governanceOrNull == null) {
      return stateOrNull == null || !LeaseStates.blocks(stateOrNull);
    }
    return isReservedForOne(key, wish)
        ? governanceOrNull.mayGiveReserved(key, wish.client(), now)
        : governanceOrNull.mayGive(key, wish.client(), now);
  }

  /**
   * Whether no other client than this one can get a key, from whatever server has the same plan: in
   * DHCPv6 hardware may fit two clients, and so may two reservations of one address.
   */
  private boolean isReservedForOne(LeaseKey key, Wish wish) {
    PoolUnits pool = pools.of(key);
    if (wish.identifiers().isEmpty() || pool != null && !pool.isKept(key)) {
      return false;
    }
    List<Reservation> holding = reservations.holding(key);
    return !holding.isEmpty()
        && holding.stream()
            .map(Reservation::identifier)
            .allMatch(one -> isOfOne(one.type(), key) && wish.identifiers().contains(one));
  }

  /** A host of DHCPv4 is its hardware, whatever it calls itself at times. */
  private static boolean isOfOne(Type type, LeaseKey key) {
    return switch (type) {
      case DUID -> true;
      case HW_ADDRESS, CLIENT_ID -> key.kind() == LeaseKind.IPV4;
      default -> false;
    };
  }

  /** See {@link LinkLeases#reservedForOther}. */
  boolean reservedForOther(LeaseKey key, List<HostIdentifier> identifiers) {
    PoolUnits pool = pools.of(key);
    if (pool != null && !pool.isKept(key)) {
      return false;
    }
    List<Reservation> holding = reservations.holding(key);
    if (holding.isEmpty()) {
      return pool != null;
    }
    return holding.stream()
        .noneMatch(reservation -> identifiers.contains(reservation.identifier()));
  }
}
