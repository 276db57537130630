// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.memory.MemoryFullException;
import io.leasehold.server.memory.OffHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The leases of one lane, found by key, by client, by hardware, relay and remote identifier, in the
 * order of their keys, and by the end of their state. Finding, changing and removing take constant
 * time, and no call takes long because the table grows.
 *
 * <p>Leases are kept encoded outside the heap, with the links of the indexes; a {@link Lease} is
 * made when one is asked for. {@link #close} gives the memory back. Owner: the lane's thread.
 */
public final class LeaseTable implements AutoCloseable {
  private static final int NONE = Slots.NONE;
  private static final int MOVES_PER_LEASE = 8;

  /** By so many octets a lease may always grow: that other times are written longer, say. */
  private static final int LITTLE = 16;

  private final OffHeap memory;
  final Slots slots;
  final LeaseBodies bodies;
  final KeyIndex keys;
  final KeyOrder order;
  final DeadlineWheel wheel;
  final LeaseRows rows;
  final TallyBook tallies = new TallyBook();
  private final LeaseOctets fresh = new LeaseOctets();
  private final LeaseOctets kept = new LeaseOctets();
  private final LeaseOctets scanned = new LeaseOctets();

  /** The lease that was made last: whoever answers a client asks for it several times. */
  private Lease asked;

  private int askedSlot = NONE;

  private Set<LeaseKey> touched;

  /** An empty table with memory of its own. */
  public LeaseTable() {
    this(0);
  }

  /** The same with a secret start of its hashes. */
  public LeaseTable(long seed) {
    this(OffHeap.unlimited(), seed);
  }

  /**
   * An empty table.
   *
   * @param memory where leases are kept
   * @param seed secret start of the hash over what clients choose, so that they cannot choose
   *     collisions
   */
  public LeaseTable(OffHeap memory, long seed) {
    this.memory = memory;
    this.slots = new Slots(memory);
    this.bodies = new LeaseBodies(slots);
    this.keys = new KeyIndex(slots, seed);
    this.order = new KeyOrder(slots);
    this.wheel = new DeadlineWheel(slots);
    this.rows = new LeaseRows(slots, bodies, seed);
  }

  /** Where the leases are kept. */
  public OffHeap memory() {
    return memory;
  }

  /** The lease with a key; null if there is none. */
  public Lease find(LeaseKey key) {
    int slot = keys.find(key);
    return slot == NONE ? null : leaseAt(slot, key);
  }

  /** The state of the lease with a key; null if there is none. Costs less than {@link #find}. */
  public LeaseState stateOf(LeaseKey key) {
    int slot = keys.find(key);
    return slot == NONE ? null : slots.state(slot);
  }

  private Lease leaseAt(int slot) {
    return leaseAt(slot, slots.key(slot));
  }

  private Lease leaseAt(int slot, LeaseKey key) {
    if (slot != askedSlot) {
      bodies.read(slot, kept);
      asked = kept.lease(key);
      askedSlot = slot;
    }
    return asked;
  }

  /** The leases a client holds or held last, the newest first; nobody's leases are not found. */
  public List<Lease> ofClient(ClientIdentity client) {
    return ofClient(client, Integer.MAX_VALUE);
  }

  /** At most {@code limit} leases a client holds or held last, the newest first. */
  public List<Lease> ofClient(ClientIdentity client, int limit) {
    return row(Trait.CLIENT, rows.ofClient(client), limit);
  }

  /**
   * At most {@code limit} DHCPv4 leases of clients that have this hardware address and are told by
   * an identifier, the newest first.
   *
   * @param address as the identity of a client that is told by it
   */
  public List<Lease> ofHardware(ClientIdentity address, int limit) {
    return address.type() == ClientIdentity.Type.HARDWARE
        ? row(Trait.HARDWARE, rows.first(Trait.HARDWARE, address.value()), limit)
        : List.of();
  }

  /** At most {@code limit} leases with this relay identifier (RFC 5460), the newest first. */
  public List<Lease> ofRelayId(Bytes relayId, int limit) {
    return row(Trait.RELAY_ID, rows.first(Trait.RELAY_ID, relayId), limit);
  }

  /** At most {@code limit} leases with this remote identifier (RFC 5460), the newest first. */
  public List<Lease> ofRemoteId(Bytes remoteId, int limit) {
    return row(Trait.REMOTE_ID, rows.first(Trait.REMOTE_ID, remoteId), limit);
  }

  private List<Lease> row(Trait trait, int first, int limit) {
    if (first == NONE) {
      return List.of();
    }
    List<Lease> found = new ArrayList<>(4);
    for (int slot = first; slot != NONE && found.size() < limit; slot = rows.after(trait, slot)) {
      found.add(leaseAt(slot));
    }
    return found;
  }

  /**
   * Puts a lease in the place of the one with the same key.
   *
   * @return whether there was none
   * @throws MemoryFullException if there is no room; nothing has changed then
   */
  public boolean put(Lease lease) {
    fresh.read(lease);
    return put(fresh);
  }

  /** The same with an encoded lease. */
  public boolean put(LeaseOctets lease) {
    int slot = keys.find(lease.high(), lease.low(), lease.rest());
    ensureRoom(slot, lease);
    if (slot == NONE) {
      add(lease);
      return true;
    }
    replace(slot, lease);
    return false;
  }

  /** Throws if there is no room for a lease in a slot, or in a new one. */
  void ensureRoom(int slot, LeaseOctets lease) {
    if (slot == NONE) {
      memory.ensureRoom();
    } else if (lease.bodyLength() > slots.length(slot) + LITTLE) {
      memory.ensureRoomToGrow();
    }
  }

  private void add(LeaseOctets lease) {
    askedSlot = NONE;
    int slot = slots.take();
    slots.setKey(slot, lease);
    slots.setState(slot, lease.kindCode(), lease.stateCode());
    bodies.add(slot, lease);
    keys.add(slot);
    order.add(slot);
    rows.add(slot, lease);
    wheel.leaveOut(slot);
    attachTime(slot, lease);
    count(slot, lease.subnetId(), 1);
  }

  private void replace(int slot, LeaseOctets lease) {
    askedSlot = NONE;
    bodies.read(slot, kept);
    count(slot, kept.subnetId(), -1);
    long before = ends(slot, kept) ? kept.expires() : LeaseTimes.NEVER;
    int changed = rows.changed(slot, kept, lease);
    rows.remove(slot, kept, changed);
    slots.setState(slot, lease.kindCode(), lease.stateCode());
    bodies.replace(slot, lease);
    rows.add(slot, lease, changed);
    if (!ends(slot, lease) || before != lease.expires()) {
      wheel.remove(slot);
      attachTime(slot, lease);
    }
    count(slot, lease.subnetId(), 1);
  }

  /** Lets {@link #due} find a lease whose state is over later again, if it stays as it is. */
  void postpone(LeaseKey key, long until) {
    int slot = keys.find(key);
    if (slot != NONE) {
      wheel.remove(slot);
      wheel.add(slot, until);
    }
  }

  /** Removes the lease with a key; false if there is none. */
  public boolean remove(LeaseKey key) {
    int slot = keys.find(key);
    if (slot == NONE) {
      return false;
    }
    askedSlot = NONE;
    bodies.read(slot, kept);
    count(slot, kept.subnetId(), -1);
    wheel.remove(slot);
    rows.remove(slot, kept);
    order.remove(slot);
    keys.remove(slot);
    bodies.remove(slot);
    slots.give(slot);
    return true;
  }

  /** Puts keys of leases that change into a set from now on; null: no more. */
  void note(Set<LeaseKey> touchedOrNull) {
    touched = touchedOrNull;
  }

  private void count(int slot, long subnetId, int by) {
    if (touched != null) {
      touched.add(slots.key(slot));
    }
    tallies.count(LeaseKind.of(slots.kindCode(slot)), slots.state(slot), subnetId, by);
  }

  private void attachTime(int slot, LeaseOctets lease) {
    if (ends(slot, lease)) {
      wheel.add(slot, lease.expires());
    }
  }

  boolean ends(int slot, LeaseOctets lease) {
    return lease.expires() != LeaseTimes.NEVER && LeaseStates.ends(slots.state(slot));
  }

  /** How many leases there are, in whatever state. */
  public int size() {
    return slots.used();
  }

  /** How many leases of a family there are, in whatever state. Takes constant time. */
  public int size(Family family) {
    return tallies.size(family);
  }

  /**
   * When {@link #due} must be called next, in seconds since 1970: not after the earliest lease
   * becomes due; in the past or now if one may be due; {@link Long#MAX_VALUE} if none ever will.
   */
  public long nextDeadline() {
    long next = wheel.next();
    return next == Long.MAX_VALUE ? next : next + 1;
  }

  /**
   * Hands over at most {@code limit} leases whose state is over. The consumer may change the table.
   * Looks at a multiple of the limit at most: {@link #nextDeadline} stays in the past until all are
   * found.
   *
   * <p>A state lasts to the end of the second that {@code expires} names: lifetimes are promised
   * from within a second, so at its beginning up to a second of the promise may be left.
   *
   * @param now the second that has begun, since 1970
   */
  public void due(long now, int limit, Consumer<Lease> consumer) {
    long over = now - 1;
    if (over < wheel.time()) {
      wheel.rewind(over);
    }
    wheel.advance(over, (int) Math.min(Integer.MAX_VALUE, (long) limit * MOVES_PER_LEASE));
    List<Lease> found = new ArrayList<>();
    for (int slot = wheel.firstDue();
        slot != NONE && found.size() < limit;
        slot = wheel.nextDue(slot)) {
      found.add(leaseAt(slot));
    }
    found.forEach(consumer);
  }

  /** At most {@code limit} leases in the order of their keys, after a key; null: the first. */
  public List<Lease> page(LeaseKey after, int limit) {
    List<Lease> page = new ArrayList<>(Math.min(limit, 1024));
    order.from(
        after == null ? KeyOrder.LEAST : after,
        slot -> {
          LeaseKey key = slots.key(slot);
          if (page.size() < limit && !key.equals(after)) {
            page.add(leaseAt(slot, key));
          }
          return page.size() < limit;
        });
    return page;
  }

  /**
   * Tells key and subnet of at most {@code limit} leases in the order of their keys, after a key,
   * or from the beginning if it is null. The consumer must not change the table.
   *
   * @return the last key; null if there are no more leases
   */
  public LeaseKey scan(LeaseKey after, int limit, ObjLongConsumer<LeaseKey> consumer) {
    LeaseKey[] last = new LeaseKey[1];
    int[] left = {limit};
    order.from(
        after == null ? KeyOrder.LEAST : after,
        slot -> {
          LeaseKey key = slots.key(slot);
          if (!key.equals(after)) {
            bodies.read(slot, scanned);
            consumer.accept(key, scanned.subnetId());
            last[0] = key;
            left[0]--;
          }
          return left[0] > 0;
        });
    return left[0] > 0 ? null : last[0];
  }

  /** Since when a visited lease has its state. */
  long stateSince(int slot) {
    bodies.read(slot, kept);
    return kept.stateSince();
  }

  /** How many leases of a subnet are in use. Takes constant time. */
  public SubnetTally tally(Family family, long subnetId) {
    return tallies.of(family, subnetId);
  }

  /** Forgets all leases and gives their memory back. The table can be used on. */
  @Override
  public void close() {
    wheel.clear();
    rows.clear();
    order.clear();
    keys.clear();
    bodies.clear();
    slots.clear();
    tallies.clear();
  }
}
