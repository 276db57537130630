// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.SubnetUse;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * The leases of one link: chooses addresses and prefixes, holds what was offered, and keeps the
 * free units of the link's pools in step with the lane's table.
 *
 * <p>Owner: the lane's thread. Every change of a lease that belongs to this link must go through
 * {@link #commit} or {@link #forget}. Promise: what is chosen is not in use, not declined, not
 * reserved for somebody else, and not offered to somebody else unless the pools have nothing else,
 * and then the oldest offer gives way.
 */
public final class LinkLeases {
  private static final int MOST_OFFERS = 1 << 14;

  private final Link link;
  private final FamilyPlan plan;
  private final LeaseTable table;
  private final LinkReservations reservations;
  private final LinkPools pools;
  private final Offers offers;
  private final Chooser chooser;
  private final Governance governanceOrNull;
  private LinkLeases sharedOrNull;
  private boolean ownsPools;

  /** Takes in what the table already holds on this link. */
  public LinkLeases(Link link, FamilyPlan plan, LinkGround ground) {
    this(link, plan, ground, null);
    open(Integer.MAX_VALUE);
  }

  /**
   * One that {@link #open} has yet to open, unless it can go on with the pools of the link that is
   * served; it must not be used before {@link #succeed}.
   */
  LinkLeases(Link link, FamilyPlan plan, LinkGround ground, LinkLeases servedOrNull) {
    this.link = link;
    this.plan = plan;
    this.table = ground.table();
    this.governanceOrNull =
        link.governor()
            .map(name -> new Governance(name, ground.governors().apply(name), link.family(), table))
            .orElse(null);
    this.offers = new Offers(MOST_OFFERS, ground.random().nextLong());
    this.reservations = new LinkReservations(link, plan.globalReservations());
    this.pools = new LinkPools(link, reservations, governanceOrNull, ground);
    this.chooser = new Chooser(link, table, reservations, pools, offers);
    this.sharedOrNull =
        servedOrNull != null && pools.share(servedOrNull.pools) ? servedOrNull : null;
    this.ownsPools = sharedOrNull == null;
  }

  /** Does a little of what there is to do; see {@link LinkPools#goOn}. */
  int open(int most) {
    return pools.goOn(most);
  }

  boolean isOpen() {
    return pools.isOpen();
  }

  /** Whether its pools are those of the link that is served, and always as the table is. */
  boolean isShared() {
    return sharedOrNull != null;
  }

  /** Takes the pools that it shares over, with what was offered: the other is served no longer. */
  void succeed() {
    if (sharedOrNull != null) {
      sharedOrNull.ownsPools = false;
      ownsPools = true;
      for (Offers.Offer offer : sharedOrNull.offers.all()) {
        offer(offer.key(), offer.client(), offer.iaid(), offer.until());
      }
      sharedOrNull = null;
    }
  }

  /** Gives back what the pools have outside the heap; the link is not served here any more. */
  public void release() {
    if (ownsPools) {
      pools.release();
    }
  }

  /** The link. */
  public Link link() {
    return link;
  }

  /** Who says what may be promised here; null if nobody has to be asked. */
  public Governance governanceOrNull() {
    return governanceOrNull;
  }

  /**
   * Begins something that changes leases, by one view if the link is governed.
   *
   * @return false if nothing may change now
   */
  public boolean begin() {
    if (governanceOrNull != null) {
      governanceOrNull.look();
    }
    return governanceOrNull == null || !governanceOrNull.isClosed();
  }

  /** The part of the plan that the link belongs to. */
  public FamilyPlan plan() {
    return plan;
  }

  /** The lane's table. */
  public LeaseTable table() {
    return table;
  }

  /**
   * Chooses one more address or prefix for an identity association, in this order: what is reserved
   * for the client; what the association has, was offered or had before; what it had under another
   * IAID; what the client asks for; what the pools' policies choose, in the order of subnets and
   * pools; the oldest offer to somebody else. A prefix that is asked for by name goes before what
   * was remembered, and lengths are tried in the order of RFC 8168 section 3.2. Changes nothing but
   * cursors of policies.
   *
   * @param now seconds since 1970
   * @return empty if there is nothing left
   */
  public Optional<Choice> choose(Wish wish, long now) {
    dropOutlivedOffers(now);
    return givesNothing() ? Optional.empty() : ifThereIsRoom(chooser.choose(wish, now));
  }

  private boolean givesNothing() {
    return governanceOrNull != null && governanceOrNull.givesNothing();
  }

  /** When memory is full, nothing is promised that the table cannot keep. */
  private Optional<Choice> ifThereIsRoom(Optional<Choice> choice) {
    OffHeap memory = table.memory();
    if (choice.isPresent() && memory.isFull() && table.stateOf(choice.get().key()) == null) {
      memory.countRefusal();
      return Optional.empty();
    }
    return choice;
  }

  /**
   * What a client asks for by name, if {@link #choose} could give it that: nothing else is reserved
   * for it and to be had, and nobody else has it. It may be offered to somebody else if the pool
   * has nothing free, for then offers give way to each other. Changes nothing.
   *
   * @param now seconds since 1970
   * @return empty if the client cannot have it
   */
  public Optional<Choice> claim(Wish wish, long now) {
    dropOutlivedOffers(now);
    return ifThereIsRoom(chooser.claim(wish, now));
  }

  /**
   * The subnet and pool of an address or prefix that is on this link and in a pool, or reserved for
   * this client; whether it is free or reserved for somebody else does not matter here. Empty: not
   * appropriate for this link.
   */
  public Optional<Choice> locate(LeaseKey key, List<HostIdentifier> identifiers) {
    return locate(key, identifiers, Membership.NONE);
  }

  /** The same for a client of some classes: empty also where the plan does not let it in. */
  public Optional<Choice> locate(
      LeaseKey key, List<HostIdentifier> identifiers, Membership classes) {
    PoolUnits pool = pools.of(key);
    if (pool != null && pool.admits(classes)) {
      return Optional.of(pool.choice(key));
    }
    for (Subnet subnet : link.subnets()) {
      Optional<Reservation> reservation = reservations.of(subnet, identifiers, classes);
      if (reservation.isPresent()
          && LinkReservations.keys(reservation.get(), subnet, key.kind()).contains(key)) {
        return Optional.of(pool != null ? pool.choice(key) : new Choice(subnet, key));
      }
    }
    return Optional.empty();
  }

  /** The subnet of this link that an address belongs to. */
  public Optional<Subnet> subnetOf(Ipv6 address) {
    return link.subnets().stream().filter(subnet -> subnet.prefix().contains(address)).findFirst();
  }

  /** Whether a lease belongs to a subnet of this link. */
  public boolean isOfThisLink(Lease lease) {
    for (Subnet subnet : link.subnets()) {
      if (subnet.id() == lease.subnetId()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a key could come from a pool of this link. */
  public boolean isInPool(LeaseKey key) {
    return pools.of(key) != null;
  }

  /**
   * Whether an address or prefix is reserved for a client other than the one with these
   * identifiers, or overlaps such a prefix. Who holds it keeps it until it expires, and is not
   * given more time.
   */
  public boolean reservedForOther(LeaseKey key, List<HostIdentifier> identifiers) {
    return chooser.reservedForOther(key, identifiers);
  }

  /**
   * The reservation of a client in a subnet of this link: the subnet's own before a global one.
   *
   * @param classes what the client belongs to, as it may open the subnet to it
   */
  public Optional<Reservation> reservationFor(
      Subnet subnet, List<HostIdentifier> identifiers, Membership classes) {
    return reservations.of(subnet, identifiers, classes);
  }

  /**
   * Keeps an advertised address or prefix for a while. Does nothing if it is in use. An offer to
   * somebody else gives way.
   *
   * @param until when it is free again, in seconds since 1970
   */
  public void offer(LeaseKey key, ClientIdentity client, long iaid, long until) {
    if (isTaken(key)) {
      return;
    }
    withdraw(key);
    offers.add(new Offers.Offer(key, client, iaid, until));
    PoolUnits pool = pools.of(key);
    if (pool != null) {
      pool.offered().add(key);
      pool.mark(key, true);
    }
  }

  /**
   * For how many seconds something may be promised to a client that the plan wants promised for
   * some.
   */
  public long promisedSeconds(LeaseKey key, ClientIdentity client, long desiredSeconds, long now) {
    return governanceOrNull == null
        ? desiredSeconds
        : governanceOrNull.promisedSeconds(key, client, desiredSeconds, now);
  }

  /**
   * A lease as it is to be committed, if it is this server that changes it.
   *
   * @param terms on which a client gets it; empty if none does
   */
  public Lease marked(Lease lease, Optional<Terms> terms, long now) {
    return governanceOrNull == null ? lease : governanceOrNull.marked(lease, terms, now);
  }

  /**
   * Puts a lease, whatever its state, into the table; an offer of the same key is over. Returns the
   * change for the store.
   */
  public LeaseChange commit(Lease lease) {
    withdraw(lease.key());
    table.put(lease);
    mark(
        lease.key(),
        governanceOrNull == null
            ? LeaseStates.blocks(lease.state())
            : !governanceOrNull.isFree(lease));
    return LeaseChange.put(lease);
  }

  /** An address or prefix that somebody else uses: out of use for a while. Changes nothing. */
  public Lease abandoned(LeaseKey key, long subnetId, long now) {
    long probation = plan.settings().declineProbationSeconds();
    return new Lease(
        key,
        subnetId,
        ClientIdentity.NONE,
        0,
        LeaseState.ABANDONED,
        new LeaseTimes(now, now, now, now + probation),
        LeaseDetails.NONE);
  }

  /** Whether a client has it, or nobody may. */
  public boolean isTaken(LeaseKey key) {
    LeaseState state = table.stateOf(key);
    return state != null && LeaseStates.blocks(state);
  }

  /**
   * Removes a lease from the table with all memory of its client. Returns the change for the store.
   */
  public LeaseChange forget(LeaseKey key) {
    table.remove(key);
    boolean isHeld = governanceOrNull != null && !governanceOrNull.isFree(key);
    mark(key, offers.of(key) != null || isHeld);
    return LeaseChange.remove(key);
  }

  /** Which part of a subnet's addresses clients have, 0 to 1; 0 if it has no pools. */
  public double occupancy(Subnet subnet) {
    return pools.occupancy(subnet, table);
  }

  /** Use of every subnet of this link. */
  public List<SubnetUse> use() {
    return pools.use(table);
  }

  /**
   * How many units of a kind the policies can still choose from; {@link Long#MAX_VALUE} if more.
   */
  public long free(LeaseKind kind) {
    return pools.free(kind);
  }

  /** Whether a key is offered to a client. */
  public boolean isOfferedTo(LeaseKey key, ClientIdentity client) {
    Offers.Offer offer = offers.of(key);
    return offer != null && offer.client().equals(client);
  }

  /** What is offered. */
  Offers offers() {
    return offers;
  }

  /** The pools. */
  LinkPools pools() {
    return pools;
  }

  /** Takes in what the table has of a key of a pool now, because others have changed it. */
  void refresh(LeaseKey key) {
    if (governanceOrNull != null) {
      governanceOrNull.look();
    }
    pools.refresh(key, table);
  }

  /** Whether a key is held by an offer. */
  boolean isOffered(LeaseKey key) {
    return offers.of(key) != null;
  }

  private void dropOutlivedOffers(long now) {
    for (Offers.Offer offer = offers.outlived(now); offer != null; offer = offers.outlived(now)) {
      withdraw(offer.key());
    }
  }

  private void withdraw(LeaseKey key) {
    if (offers.remove(key) != null) {
      PoolUnits pool = pools.of(key);
      if (pool != null) {
        pool.offered().remove(key);
        // Without a governor nothing that is taken is offered.
        pool.mark(key, governanceOrNull != null && !governanceOrNull.isFree(key));
      }
    }
  }

  private void mark(LeaseKey key, boolean inUse) {
    PoolUnits pool = pools.of(key);
    if (pool != null) {
      pool.mark(key, inUse);
    }
  }
}
