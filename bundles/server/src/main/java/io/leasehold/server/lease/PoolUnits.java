// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.FreeUnits;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.ClassGuard;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Subnet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One pool of one subnet: which of its units are free, offered, or kept out of allocation. */
final class PoolUnits {
  private static final long LAST_OCTET = 0xff;

  /** Units that a choice may pass over, because they may not be given now, until it gives up. */
  private static final int MOST_PASSED = 64;

  /** Units of the partner that one choice looks at; the next one goes on behind them. */
  private static final int MOST_BORROWED = 256;

  private final Subnet subnet;
  private final LeaseKind kind;
  private final Ipv6 first;
  private final Ipv6 last;
  private final int unitLength;
  private final OptionSet options;
  private final Optional<Prefix> excluded;
  private final ClassTerms classes;
  private final ClassGuard[] guards;
  private final List<UnitSpace.Range> cuts = new ArrayList<>();
  private final boolean passesFirstLast;
  private final Set<LeaseKey> offered = new LinkedHashSet<>();

  private boolean hasForeignLeases;

  /** All units. */
  private UnitSpace whole;

  /** Those that this server may choose from. */
  private UnitSpace space;

  private long borrowedNext;
  private UnitSet kept;
  private FreeUnits free;

  PoolUnits(Link link, Subnet subnet, AddressPool pool) {
    this.passesFirstLast = subnet.dhcp4().excludesFirstLast();
    this.subnet = subnet;
    this.kind = link.family() == Family.IPV4 ? LeaseKind.IPV4 : LeaseKind.IA_NA;
    this.first = pool.first();
    this.last = pool.last();
    this.unitLength = 128;
    this.options = pool.options();
    this.excluded = Optional.empty();
    this.classes = pool.classes();
    this.guards = guards(link, subnet, pool.classes());
  }

  PoolUnits(Link link, Subnet subnet, PrefixPool pool) {
    this.passesFirstLast = false;
    this.subnet = subnet;
    this.kind = LeaseKind.IA_PD;
    this.first = pool.prefix().first();
    this.last = pool.prefix().last();
    this.unitLength = pool.delegatedLength();
    this.options = pool.options();
    this.excluded = pool.excluded();
    this.classes = pool.classes();
    this.guards = guards(link, subnet, pool.classes());
  }

  private static ClassGuard[] guards(Link link, Subnet subnet, ClassTerms pool) {
    return Stream.of(link.classes(), subnet.classes(), pool)
        .map(ClassTerms::guard)
        .filter(guard -> !guard.isOpen())
        .toArray(ClassGuard[]::new);
  }

  /** Whether a client may have something of the pool. */
  boolean admits(Membership client) {
    for (ClassGuard guard : guards) {
      if (!guard.admits(client)) {
        return false;
      }
    }
    return true;
  }

  /** Leaves every unit out that a range touches; only before {@link #open}. */
  void cut(Prefix range) {
    cuts.add(new UnitSpace.Range(range.first(), range.last()));
  }

  /** The same for a lease of another length than the pool's. */
  void cutForeign(Prefix lease) {
    hasForeignLeases = true;
    cut(lease);
  }

  /** Opens the bookkeeping with everything free that is not cut out. */
  void open(LongFunction<FreeUnits> opener, OffHeap memory) {
    kept = new UnitSet(memory, 0);
    whole = new UnitSpace(first, last, unitLength, cuts);
    space = whole;
    free = space.size() == 0 ? new AllTaken() : opener.apply(space.size());
    if (passesFirstLast) {
      passFirstLast();
    }
  }

  /**
   * The same with what a governor says that this server has, and that is free.
   *
   * @param seed secret start of a hash over units
   */
  void open(Governance governance, LongFunction<FreeUnits> opener, long seed, OffHeap memory) {
    kept = new UnitSet(memory, 0);
    whole = new UnitSpace(first, last, unitLength, cuts);
    space = ours(governance);
    if (space.size() == 0) {
      free = new AllTaken();
    } else if (governance.isFreeAtFirst(key(0))) {
      free = opener.apply(space.size());
    } else {
      free = new GivenUnits(memory, seed);
    }
    if (passesFirstLast) {
      passFirstLast();
    }
  }

  /** Whether the bookkeeping of a pool that is served would be right here too. */
  boolean isLike(PoolUnits other) {
    return kind == other.kind
        && first.equals(other.first)
        && last.equals(other.last)
        && unitLength == other.unitLength
        && passesFirstLast == other.passesFirstLast
        && !other.hasForeignLeases;
  }

  /** Has the bookkeeping of another pool that is like it; offers are noted again. */
  void share(PoolUnits other) {
    cuts.addAll(other.cuts);
    whole = other.whole;
    space = other.space;
    borrowedNext = other.borrowedNext;
    kept = other.kept;
    free = other.free;
  }

  /** All units, or every second one: by its first two a governor tells which. */
  private UnitSpace ours(Governance governance) {
    boolean isFirst = governance.isOurs(new LeaseKey(0, kind, first, unitLength));
    if (unitLength < 128) {
      return isFirst ? whole : UnitSpace.NONE;
    }
    boolean isSingle = first.equals(last);
    boolean isSecond =
        !isSingle && governance.isOurs(new LeaseKey(0, kind, first.plus(1), unitLength));
    if (isFirst) {
      return isSecond || isSingle ? whole : UnitSpace.everySecond(first, last);
    }
    return isSecond ? UnitSpace.everySecond(first.plus(1), last) : UnitSpace.NONE;
  }

  private LeaseKey key(long unit) {
    return new LeaseKey(0, kind, space.addressOf(unit), unitLength);
  }

  /** Gives back what the bookkeeping has outside the heap. */
  void release() {
    if (kept == null) {
      return; // it was never opened
    }
    kept.clear();
    if (free instanceof OffHeapUnits own) {
      own.release();
    }
  }

  /** Takes units out of choice; who asks for one by name may have it, as in Kea. */
  private void passFirstLast() {
    Ipv6 network = new Ipv6(first.high(), first.low() & ~LAST_OCTET);
    for (Ipv6 start = network; start.compareTo(last) <= 0; start = start.plus(LAST_OCTET + 1)) {
      takeIfHere(start);
      takeIfHere(start.plus(LAST_OCTET));
    }
  }

  private void takeIfHere(Ipv6 address) {
    long unit = space.unitOf(address);
    if (unit >= 0) {
      free.take(unit);
    }
  }

  private boolean isPassed(Ipv6 address) {
    long octet = address.low() & LAST_OCTET;
    return passesFirstLast && (octet == 0 || octet == LAST_OCTET);
  }

  /** Takes the unit of a reservation out of allocation for good. */
  void keep(Ipv6 address) {
    long unit = whole.unitOf(address);
    if (unit >= 0) {
      kept.add(unit);
      takeIfHere(address);
    }
  }

  /** Whether a lease with this key could come from this pool. */
  boolean contains(LeaseKey key) {
    return key.kind() == kind
        && key.prefixLength() == unitLength
        && first.compareTo(key.address()) <= 0
        && key.address().compareTo(last) <= 0;
  }

  /** Whether a key of this pool, or what overlaps it, is out of allocation for good. */
  boolean isKept(LeaseKey key) {
    long unit = whole.unitOf(key.address());
    return unit >= 0 ? kept.contains(unit) : isCut(key);
  }

  private boolean isCut(LeaseKey key) {
    Prefix wanted = key.asPrefix();
    return cuts.stream()
        .anyMatch(
            cut ->
                cut.first().compareTo(wanted.last()) <= 0
                    && wanted.first().compareTo(cut.last()) <= 0);
  }

  /** Chooses a unit that is not one of {@code not}; null if there is none. The unit stays free. */
  LeaseKey pick(Collection<LeaseKey> not) {
    return pick(not, key -> true);
  }

  /** The same of units that may be given; it gives up when many may not. */
  LeaseKey pick(Collection<LeaseKey> not, Predicate<LeaseKey> mayGive) {
    List<Long> passed = new ArrayList<>(0);
    LeaseKey found = null;
    while (found == null && passed.size() < not.size() + MOST_PASSED) {
      long unit = free.take();
      if (unit < 0) {
        break;
      }
      LeaseKey key = key(unit);
      if (not.contains(key) || !mayGive.test(key)) {
        passed.add(unit);
      } else {
        found = key;
        free.give(unit);
      }
    }
    passed.forEach(free::give);
    return found;
  }

  /** Looks for a unit that is not free and may be given nevertheless; null if none is found. */
  LeaseKey borrow(Predicate<LeaseKey> mayGive) {
    long units = space.size();
    for (long looked = 0; looked < Math.min(units, MOST_BORROWED); looked++) {
      borrowedNext = borrowedNext < units ? borrowedNext : 0;
      LeaseKey key = key(borrowedNext++);
      if (mayGive.test(key)) {
        return key;
      }
    }
    return null;
  }

  /** Marks a key of this pool as in use or free. */
  void mark(LeaseKey key, boolean inUse) {
    mark(key.address(), inUse);
  }

  /** Marks the unit that begins with an address as in use or free. */
  void mark(Ipv6 address, boolean inUse) {
    long unit = space.unitOf(address);
    if (unit < 0
        || kept.contains(whole == space ? unit : whole.unitOf(address))
        || isPassed(address)) {
      return;
    }
    if (inUse) {
      free.take(unit);
    } else {
      free.give(unit);
    }
  }

  /** Keys of this pool that are offered, the oldest first. */
  Set<LeaseKey> offered() {
    return offered;
  }

  /** A key of this pool as a choice. */
  Choice choice(LeaseKey key) {
    return new Choice(
        subnet,
        key,
        options,
        excluded.map(pattern -> excludedFrom(key, pattern)),
        classes.additional());
  }

  /**
   * RFC 6603 section 4.2: the bits after the delegated length are the same in every delegated
   * prefix of the pool.
   */
  private Prefix excludedFrom(LeaseKey key, Prefix pattern) {
    Ipv6 network = Prefix.masked(pattern.address(), unitLength).address();
    return new Prefix(
        new Ipv6(
            key.address().high() | pattern.address().high() ^ network.high(),
            key.address().low() | pattern.address().low() ^ network.low()),
        pattern.length());
  }

  Subnet subnet() {
    return subnet;
  }

  LeaseKind kind() {
    return kind;
  }

  int unitLength() {
    return unitLength;
  }

  Ipv6 first() {
    return first;
  }

  Ipv6 last() {
    return last;
  }

  /** How many units may be chosen now. */
  long free() {
    return free.free();
  }

  /** How many units the pool has, whatever they are used for. */
  BigInteger total() {
    return last.minus(first).shiftRight(128 - unitLength).add(BigInteger.ONE);
  }

  /** A pool in which nothing can be chosen. */
  private static final class AllTaken implements FreeUnits {
    @Override
    public long take() {
      return -1;
    }

    @Override
    public boolean take(long unit) {
      return false;
    }

    @Override
    public void give(long unit) {
      throw new IllegalArgumentException("no unit " + unit + " in an empty pool");
    }

    @Override
    public boolean isFree(long unit) {
      return false;
    }

    @Override
    public long free() {
      return 0;
    }
  }
}
