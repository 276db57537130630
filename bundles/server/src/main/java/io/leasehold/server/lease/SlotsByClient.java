// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import java.util.function.IntFunction;

/**
 * Slots by whom they belong to, the one that came last first. Slots of {@link ClientIdentity#NONE}
 * are in no row. Owner: the lane's thread.
 */
final class SlotsByClient {
  static final int NONE = SlotIndex.NONE;

  private final long seed;
  private final IntFunction<ClientIdentity> owner;
  private final SlotIndex heads = new SlotIndex();
  private final SlotList rows = new SlotList();

  /**
   * No slots.
   *
   * @param seed see {@link Hashing}
   * @param owner whom a slot belongs to; the same from {@link #add} to {@link #remove}
   */
  SlotsByClient(long seed, IntFunction<ClientIdentity> owner) {
    this.seed = seed;
    this.owner = owner;
  }

  /** Makes room for slots below {@code capacity}. */
  void reserve(int capacity) {
    rows.reserve(capacity);
  }

  /** The slot of a client that came last; {@link #NONE} if it has none. */
  int first(ClientIdentity client) {
    return heads.at(placeOf(client, Hashing.of(client, seed)));
  }

  /** The slot of the same client that came before; {@link #NONE} after the last. */
  int next(int slot) {
    return rows.next(slot);
  }

  void add(int slot) {
    ClientIdentity client = owner.apply(slot);
    if (client.type() == ClientIdentity.Type.NONE) {
      return;
    }
    int hash = Hashing.of(client, seed);
    int place = placeOf(client, hash);
    int head = heads.at(place);
    rows.push(slot, head);
    if (head == NONE) {
      heads.add(hash, slot);
    } else {
      heads.replace(place, slot);
    }
  }

  void remove(int slot) {
    ClientIdentity client = owner.apply(slot);
    if (client.type() == ClientIdentity.Type.NONE) {
      return;
    }
    int place = placeOf(client, Hashing.of(client, seed));
    int head = rows.remove(slot, heads.at(place));
    if (head == NONE) {
      heads.removeAt(place);
    } else {
      heads.replace(place, head);
    }
  }

  private int placeOf(ClientIdentity client, int hash) {
    int place = heads.first(hash);
    while (heads.at(place) != NONE && !owner.apply(heads.at(place)).equals(client)) {
      place = heads.next(hash, place);
    }
    return place;
  }
}
