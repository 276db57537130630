// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;

/** Slots in rows by each {@link Trait} of their leases. Owner: the lane's thread. */
final class LeaseRows {
  private static final Trait[] TRAITS = Trait.values();
  private static final int SEVEN_BITS = 7;

  private static final int CLIENT = 1 << Trait.CLIENT.ordinal();

  /** Until a slot is in rows, its links hold what is needed to add it: hash and traits. */
  private static final int NOTED_HASH = Slots.CLIENT;

  private static final int NOTED_TRAITS = Slots.CLIENT + Integer.BYTES;

  private final Slots slots;
  private final LeaseBodies bodies;
  private final RowIndex[] indexes = new RowIndex[TRAITS.length];
  private byte[] wanted = new byte[64];

  LeaseRows(Slots slots, LeaseBodies bodies, long seed) {
    this.slots = slots;
    this.bodies = bodies;
    for (Trait trait : TRAITS) {
      // Nearly every lease has a client, few have another trait.
      RowLinks links =
          trait == Trait.CLIENT
              ? new RowLinks.InSlots(slots.records(), Slots.CLIENT)
              : new RowLinks.Apart(slots.memory());
      indexes[trait.ordinal()] = new RowIndex(trait, links, slots, bodies, seed ^ trait.ordinal());
    }
  }

  /** The newest slot of a client; {@link Slots#NONE} if there is none. */
  int ofClient(ClientIdentity client) {
    Bytes value = client.value();
    reserve(value.length() + 1 + Integer.BYTES);
    int at = 0;
    wanted[at++] = (byte) client.type().code();
    int rest = value.length();
    for (; rest >>> SEVEN_BITS != 0; rest >>>= SEVEN_BITS) {
      wanted[at++] = (byte) (rest | 1 << SEVEN_BITS);
    }
    wanted[at++] = (byte) rest;
    value.copyTo(wanted, at);
    return indexes[Trait.CLIENT.ordinal()].first(wanted, 0, at + value.length());
  }

  /** The newest slot with a value of a trait; {@link Slots#NONE} if there is none. */
  int first(Trait trait, Bytes value) {
    reserve(value.length());
    value.copyTo(wanted, 0);
    return indexes[trait.ordinal()].first(wanted, 0, value.length());
  }

  private void reserve(int octets) {
    if (wanted.length < octets) {
      wanted = new byte[octets];
    }
  }

  /** The slot with the same value of a trait that came before. */
  int after(Trait trait, int slot) {
    return indexes[trait.ordinal()].after(slot);
  }

  /** The traits that two versions of a lease differ in, a bit each. */
  int changed(int slot, LeaseOctets before, LeaseOctets after) {
    int kind = slots.kindCode(slot);
    int changed = 0;
    for (Trait trait : TRAITS) {
      if (!after.agrees(before, trait, kind)) {
        changed |= 1 << trait.ordinal();
      }
    }
    return changed;
  }

  /** The hash of the client of a lease; any number if it has none. */
  int clientHash(LeaseOctets lease) {
    return indexes[Trait.CLIENT.ordinal()].hash(lease, lease.kindCode());
  }

  /** Notes of a slot that is in no row which ones {@link #addNoted} is to add it to. */
  void note(int slot, LeaseOctets lease) {
    int kind = lease.kindCode();
    int traits = 0;
    for (Trait trait : TRAITS) {
      if (lease.length(trait, kind) != 0) {
        traits |= 1 << trait.ordinal();
      }
    }
    slots.setLink(slot, NOTED_HASH, lease.clientHash());
    slots.setLink(slot, NOTED_TRAITS, traits);
  }

  /** Notes of a slot that it is not to be added. */
  void noteNone(int slot) {
    slots.setLink(slot, NOTED_TRAITS, 0);
  }

  /**
   * Adds a slot to the rows that were noted.
   *
   * @param room for its lease, if that has to be read
   */
  void addNoted(int slot, LeaseOctets room) {
    int others = slots.link(slot, NOTED_TRAITS) & ~CLIENT;
    if ((slots.link(slot, NOTED_TRAITS) & CLIENT) != 0) {
      int hash = slots.link(slot, NOTED_HASH);
      if (!indexes[Trait.CLIENT.ordinal()].addFirst(hash, slot)) {
        bodies.read(slot, room);
        add(slot, room, CLIENT);
      }
    }
    if (others != 0) {
      bodies.read(slot, room);
      add(slot, room, others);
    }
  }

  void add(int slot, LeaseOctets lease) {
    add(slot, lease, -1);
  }

  /** Adds a slot to the rows of some traits. */
  void add(int slot, LeaseOctets lease, int traits) {
    for (int i = 0; i < indexes.length; i++) {
      if ((traits & 1 << i) != 0) {
        indexes[i].add(slot, lease);
      }
    }
  }

  void remove(int slot, LeaseOctets lease) {
    remove(slot, lease, -1);
  }

  /** Removes a slot from the rows of some traits. */
  void remove(int slot, LeaseOctets lease, int traits) {
    for (int i = 0; i < indexes.length; i++) {
      if ((traits & 1 << i) != 0) {
        indexes[i].remove(slot, lease);
      }
    }
  }

  void clear() {
    for (RowIndex index : indexes) {
      index.clear();
    }
  }
}
