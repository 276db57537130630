// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The leases of one lane, found by key, by client, in the order of their keys, and by the end of
 * their state. Finding, changing and removing take constant time; adding and removing also move
 * within one chunk of the order of keys.
 *
 * <p>Owner: the lane's thread. What a lease refers to is copied out of the packet it came in, so
 * that no datagram is kept alive.
 */
public final class LeaseTable {
  private static final int NONE = SlotIndex.NONE;

  private final long seed;
  private final SlotIndex keys = new SlotIndex();
  private final SlotsByClient clients;
  private final SlotsByClient hardware;
  private final KeyOrder order = new KeyOrder(slot -> leaseAt(slot).key().prefixLength());
  private final DeadlineWheel wheel = new DeadlineWheel(slot -> leaseAt(slot).times().expires());
  private final TallyBook tallies = new TallyBook();
  private Lease[] leases = new Lease[0];
  private int[] spare = new int[0];
  private int spares;
  private int size;

  /** An empty table. */
  public LeaseTable() {
    this(0);
  }

  /**
   * An empty table.
   *
   * @param seed secret start of the hash over what clients choose, so that they cannot choose
   *     collisions
   */
  public LeaseTable(long seed) {
    this.seed = seed;
    this.clients = new SlotsByClient(seed, slot -> leaseAt(slot).client());
    this.hardware = new SlotsByClient(seed, slot -> hardware(leaseAt(slot)));
  }

  /** The lease with a key; null if there is none. */
  public Lease find(LeaseKey key) {
    int place = placeOf(key, Hashing.of(key, seed));
    return keys.at(place) == NONE ? null : leases[keys.at(place)];
  }

  /** The leases a client holds or held last, the newest first; nobody's leases are not found. */
  public List<Lease> ofClient(ClientIdentity client) {
    return ofClient(client, Integer.MAX_VALUE);
  }

  /** At most {@code limit} leases a client holds or held last, the newest first. */
  public List<Lease> ofClient(ClientIdentity client, int limit) {
    return row(clients, client, limit);
  }

  /**
   * At most {@code limit} DHCPv4 leases of clients that have this hardware address and are told by
   * an identifier, the newest first.
   *
   * @param address as the identity of a client that is told by it
   */
  public List<Lease> ofHardware(ClientIdentity address, int limit) {
    return row(hardware, address, limit);
  }

  private List<Lease> row(SlotsByClient rows, ClientIdentity owner, int limit) {
    int slot = rows.first(owner);
    if (slot == NONE) {
      return List.of();
    }
    List<Lease> found = new ArrayList<>(4);
    for (; slot != NONE && found.size() < limit; slot = rows.next(slot)) {
      found.add(leases[slot]);
    }
    return found;
  }

  private static ClientIdentity hardware(Lease lease) {
    boolean identified =
        lease.key().kind() == LeaseKind.IPV4
            && lease.client().type() == ClientIdentity.Type.CLIENT_ID;
    return identified
        ? lease
            .details()
            .get(LeaseDetails.HARDWARE_ADDRESS)
            .filter(value -> value.length() > 2)
            .map(value -> value.slice(1, value.length()))
            .map(value -> new ClientIdentity(ClientIdentity.Type.HARDWARE, value))
            .orElse(ClientIdentity.NONE)
        : ClientIdentity.NONE;
  }

  /** Puts a lease in the place of the one with the same key; returns that one, or null. */
  public Lease put(Lease lease) {
    int hash = Hashing.of(lease.key(), seed);
    int slot = keys.at(placeOf(lease.key(), hash));
    if (slot == NONE) {
      slot = newSlot();
      leases[slot] = compact(lease, null);
      keys.add(hash, slot);
      order.add(slot, lease.key());
      attach(slot);
      size++;
      return null;
    }
    Lease before = leases[slot];
    boolean sameClient = before.client().equals(lease.client());
    boolean sameHardware =
        sameClient && before.details().equals(lease.details())
            || hardware(before).equals(hardware(lease));
    detachTime(slot);
    if (!sameClient) {
      clients.remove(slot);
    }
    if (!sameHardware) {
      hardware.remove(slot);
    }
    leases[slot] = compact(lease, before);
    if (!sameClient) {
      clients.add(slot);
    }
    if (!sameHardware) {
      hardware.add(slot);
    }
    attachTime(slot);
    return before;
  }

  /** Removes the lease with a key; returns it, or null. */
  public Lease remove(LeaseKey key) {
    int place = placeOf(key, Hashing.of(key, seed));
    int slot = keys.at(place);
    if (slot == NONE) {
      return null;
    }
    Lease lease = leases[slot];
    keys.removeAt(place);
    order.remove(lease.key());
    detachTime(slot);
    clients.remove(slot);
    hardware.remove(slot);
    leases[slot] = null;
    spare[spares++] = slot;
    size--;
    return lease;
  }

  /** How many leases there are, in whatever state. */
  public int size() {
    return size;
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
    wheel.advance(over);
    List<Lease> found = new ArrayList<>();
    for (int slot = wheel.firstDue();
        slot != NONE && found.size() < limit;
        slot = wheel.nextDue(slot)) {
      found.add(leases[slot]);
    }
    found.forEach(consumer);
  }

  /**
   * At most {@code limit} leases in the order of their keys, after a key, or from the beginning if
   * it is null.
   */
  public List<Lease> page(LeaseKey after, int limit) {
    List<Lease> page = new ArrayList<>(Math.min(limit, 1024));
    order.from(
        after == null ? KeyOrder.LEAST : after,
        slot -> {
          Lease lease = leases[slot];
          if (page.size() < limit && !lease.key().equals(after)) {
            page.add(lease);
          }
          return page.size() < limit;
        });
    return page;
  }

  /**
   * Visits the leases with keys between two, both included. The visitor must not change the table.
   */
  void between(LeaseKey first, LeaseKey last, Consumer<Lease> visitor) {
    order.from(
        first,
        slot -> {
          boolean inside = leases[slot].key().compareTo(last) <= 0;
          if (inside) {
            visitor.accept(leases[slot]);
          }
          return inside;
        });
  }

  /** How many leases of a subnet are in use. Takes constant time. */
  public SubnetTally tally(Family family, long subnetId) {
    return tallies.of(family, subnetId);
  }

  private Lease leaseAt(int slot) {
    return leases[slot];
  }

  private int placeOf(LeaseKey key, int hash) {
    int place = keys.first(hash);
    while (keys.at(place) != NONE && !leases[keys.at(place)].key().equals(key)) {
      place = keys.next(hash, place);
    }
    return place;
  }

  private int newSlot() {
    if (spares == 0) {
      int old = leases.length;
      int capacity = Math.max(16, old + (old >> 1));
      leases = Arrays.copyOf(leases, capacity);
      spare = Arrays.copyOf(spare, capacity);
      clients.reserve(capacity);
      hardware.reserve(capacity);
      wheel.reserve(capacity);
      for (int slot = capacity - 1; slot >= old; slot--) {
        spare[spares++] = slot;
      }
    }
    return spare[--spares];
  }

  private void attach(int slot) {
    clients.add(slot);
    hardware.add(slot);
    attachTime(slot);
  }

  private void attachTime(int slot) {
    Lease lease = leases[slot];
    tallies.count(lease, 1);
    if (ends(lease)) {
      wheel.add(slot);
    }
  }

  private void detachTime(int slot) {
    tallies.count(leases[slot], -1);
    wheel.remove(slot);
  }

  /**
   * Units that wait for a failover partner or belong to it leave their state by its word, not by
   * time.
   */
  private static boolean ends(Lease lease) {
    return lease.times().expires() != LeaseTimes.NEVER
        && lease.state() != LeaseState.PENDING_FREE
        && lease.state() != LeaseState.FREE_BACKUP;
  }

  /** The same lease, sharing what the table has already, and without slices of packets. */
  private Lease compact(Lease lease, Lease before) {
    LeaseKey key = before == null ? lease.key() : before.key();
    LeaseDetails details = lease.details();
    if (before != null && before.details().equals(details)) {
      details = before.details();
    } else if (!details.items().isEmpty()) {
      details =
          new LeaseDetails(
              details.items().stream()
                  .map(i -> new LeaseDetails.Item(i.tag(), i.value().compact()))
                  .toList());
    }
    return new Lease(
        key,
        lease.subnetId(),
        known(lease.client()),
        lease.iaid(),
        lease.state(),
        lease.times(),
        details);
  }

  private ClientIdentity known(ClientIdentity client) {
    int head = clients.first(client);
    return head == NONE
        ? new ClientIdentity(client.type(), client.value().compact())
        : leases[head].client();
  }
}
