// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.PoolMessage;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * All pools that a registrar knows, with members of every registrar. It knows nothing of rights,
 * time and connections: whoever changes it has judged the change. One thread.
 */
public final class Handlespace {
  private static final int RESPONSE_OVERHEAD = 512;

  private final SpaceLimits limits;
  private final RandomGenerator random;
  private final NavigableMap<PoolHandle, Pool> pools = new TreeMap<>();
  private final Map<Long, ElementSum> owners = new HashMap<>();
  private int elements;

  /**
   * An empty one.
   *
   * @param random for policies by chance
   */
  public Handlespace(SpaceLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  /** How many pool elements there are in all pools. */
  public int elements() {
    return elements;
  }

  /** All pools in the order of their handles; a view that changes. */
  public Collection<Pool> pools() {
    return Collections.unmodifiableCollection(pools.values());
  }

  /** A pool by its name. */
  public Optional<Pool> pool(PoolHandle handle) {
    return Optional.ofNullable(pools.get(handle));
  }

  /** A pool element by its key. */
  public Optional<Member> member(ElementKey key) {
    return pool(key.handle()).flatMap(pool -> pool.member(key.identifier()));
  }

  /** Identifiers of registrars that own pool elements; a view that changes. */
  public Set<Long> owners() {
    return Collections.unmodifiableSet(owners.keySet());
  }

  /** How many pool elements a registrar owns. */
  public int elementsOf(long owner) {
    ElementSum sum = owners.get(owner);
    return sum == null ? 0 : sum.elements();
  }

  /** The checksum over the pool elements that a registrar owns (RFC 5353 section 3.6.2). */
  public int checksum(long owner) {
    ElementSum sum = owners.get(owner);
    return sum == null ? ElementSum.ofNone() : sum.checksum();
  }

  /**
   * Why a registration cannot be accepted, whoever asks for it: it does not go with its pool (RFC
   * 5352 section 3.1 rule 2), or there is no room.
   */
  public Optional<ErrorCause> refusal(PoolHandle handle, PoolElement element) {
    Pool pool = pools.get(handle);
    if (pool == null) {
      return isRoom(null, element) ? Optional.empty() : noRoom();
    }
    if (element.policy().policyType() != pool.policy().policyType()) {
      return Optional.of(ErrorCause.of(ErrorCause.INCONSISTENT_POLICY, pool.policy()));
    }
    if (element.userTransport().type() != pool.transport().type()) {
      return Optional.of(ErrorCause.of(ErrorCause.INCONSISTENT_TRANSPORT_TYPE, pool.transport()));
    }
    if (element.userTransport().hasControl() != pool.transport().hasControl()) {
      return Optional.of(ErrorCause.of(ErrorCause.INCONSISTENT_DATA_CONTROL));
    }
    return isRoom(pool, element) ? Optional.empty() : noRoom();
  }

  private static Optional<ErrorCause> noRoom() {
    return Optional.of(ErrorCause.of(ErrorCause.LACK_OF_RESOURCES));
  }

  private boolean isRoom(Pool pool, PoolElement element) {
    int octets = element.paddedLength();
    if (octets > limits.elementOctets()) {
      return false;
    }
    if (pool == null) {
      return pools.size() < limits.pools() && elements < limits.elements();
    }
    Optional<Member> before = pool.member(element.identifier());
    int more = octets - before.map(each -> each.element().paddedLength()).orElse(0);
    return pool.canNameAll(more, PoolMessage.MAX_LENGTH - RESPONSE_OVERHEAD)
        && (before.isPresent()
            || pool.members().size() < limits.elementsOfPool() && elements < limits.elements());
  }

  /**
   * Adds a pool element, or puts it in the place of the one of its identifier, whoever owns that.
   * It need not agree with its pool: other registrars may have let it in.
   *
   * @return whether there was room for it
   */
  public boolean put(PoolHandle handle, PoolElement element) {
    Pool pool = pools.get(handle);
    if (!isRoom(pool, element)) {
      return false;
    }
    ElementKey key = new ElementKey(handle, element.identifier());
    Optional<Member> before = pool == null ? Optional.empty() : pool.member(element.identifier());
    if (before.isPresent()) {
      disown(key, before.get().element().home());
      pool.replace(before.get(), element);
    } else {
      pools.computeIfAbsent(handle, name -> new Pool(name, random)).add(new Member(element));
      elements++;
    }
    own(key, element.home());
    return true;
  }

  /** Removes a pool element, and with the last of its members a pool. */
  public Optional<PoolElement> remove(ElementKey key) {
    Optional<Member> member = member(key);
    member.ifPresent(each -> remove(pools.get(key.handle()), each));
    return member.map(Member::element);
  }

  private void remove(Pool pool, Member member) {
    disown(pool.key(member), member.element().home());
    pool.remove(member);
    elements--;
    if (pool.members().isEmpty()) {
      pools.remove(pool.handle());
    }
  }

  private void own(ElementKey key, long owner) {
    owners.computeIfAbsent(owner, any -> new ElementSum()).add(key);
  }

  private void disown(ElementKey key, long owner) {
    ElementSum sum = owners.get(owner);
    sum.remove(key);
    if (sum.elements() == 0) {
      owners.remove(owner);
    }
  }

  /**
   * Makes a registrar the owner of what another one owns (RFC 5353 section 3.5.2).
   *
   * @return what that is
   */
  public List<ElementKey> takeOver(long from, long to) {
    List<ElementKey> taken = new ArrayList<>(elementsOf(from));
    if (from != to) {
      forEachOf(
          from,
          (pool, member) -> {
            ElementKey key = pool.key(member);
            member.giveTo(to);
            taken.add(key);
          });
      owners.remove(from);
      taken.forEach(key -> own(key, to));
    }
    return taken;
  }

  /**
   * Marks what a registrar owns, before its own account of that is read (RFC 5353 section 3.6.3).
   * What is put or taken over loses its mark.
   */
  public void mark(long owner) {
    forEachOf(owner, (pool, member) -> member.mark(true));
  }

  /** Forgets the marks: there will be no account. */
  public void unmark(long owner) {
    forEachOf(owner, (pool, member) -> member.mark(false));
  }

  /**
   * Removes what a registrar owns and is marked still: its account did not have it.
   *
   * @return what that was
   */
  public List<ElementKey> sweep(long owner) {
    List<ElementKey> gone = new ArrayList<>();
    forEachOf(
        owner,
        (pool, member) -> {
          if (member.isMarked()) {
            gone.add(pool.key(member));
          }
        });
    gone.forEach(this::remove);
    return gone;
  }

  private void forEachOf(long owner, BiConsumer<Pool, Member> action) {
    if (!owners.containsKey(owner)) {
      return;
    }
    for (Pool pool : pools.values()) {
      for (Member each : pool.members()) {
        if (each.element().home() == owner) {
          action.accept(pool, each);
        }
      }
    }
  }

  /**
   * A page of pool elements in the order of their keys. What changes between two pages is on the
   * second, or is not, by the place of its key.
   *
   * @param after where the page before ended; none for the first page
   * @param owner whose pool elements; none for all
   * @param mostElements how many of them, at least one
   * @param mostOctets how many octets of parameters; one pool element is on a page in any case
   */
  public TablePage page(
      Optional<ElementKey> after, OptionalLong owner, int mostElements, int mostOctets) {
    PageBuilder page = new PageBuilder(mostElements, mostOctets);
    Collection<Pool> ahead =
        after.isPresent() ? pools.tailMap(after.get().handle(), true).values() : pools.values();
    for (Pool pool : ahead) {
      boolean isBegun = after.isPresent() && after.get().handle().equals(pool.handle());
      int from = isBegun ? pool.from(after.get().identifier() + 1) : 0;
      for (Member each : pool.members().subList(from, pool.members().size())) {
        boolean isWanted = owner.isEmpty() || each.element().home() == owner.getAsLong();
        if (isWanted && !page.add(pool.handle(), each.element())) {
          return page.page(false);
        }
      }
    }
    return page.page(true);
  }
}
