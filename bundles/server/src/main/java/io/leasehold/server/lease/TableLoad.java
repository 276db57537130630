// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.server.memory.MemoryFullException;
import java.util.List;

/**
 * Fills an empty table with very many leases. While they come in, only their octets and the index
 * of keys are kept; the other indexes are made when all are in, each for itself, so that two
 * threads can do it. Until then nothing else may be asked of the table than {@link LeaseTable#find}
 * and its size. One thread at a time, but for {@link #prepare} and {@link #rest}.
 */
public final class TableLoad {
  private static final int NONE = Slots.NONE;

  /** So many leases are indexed before memory is looked at again. */
  private static final int STRIDE = 1 << 10;

  private final LeaseTable table;
  private final LeaseOctets kept = new LeaseOctets();
  private final LeaseOctets described = new LeaseOctets();

  /** Fills a table, which is empty. */
  public TableLoad(LeaseTable table) {
    this.table = table;
  }

  /** The table. */
  public LeaseTable table() {
    return table;
  }

  /** Does beforehand, on any thread, what {@link #put} needs and does not depend on the table. */
  public void prepare(LeaseOctets lease) {
    lease.note(table.keys.hash(lease), table.rows.clientHash(lease));
  }

  /**
   * Puts a lease in the place of the one with the same key.
   *
   * @param lease prepared for this table
   * @throws MemoryFullException if there is no room; nothing has changed then
   */
  public void put(LeaseOctets lease) {
    int slot = table.keys.find(lease.keyHash(), lease.high(), lease.low(), lease.rest());
    table.ensureRoom(slot, lease);
    if (slot == NONE) {
      slot = table.slots.take();
      table.slots.setKey(slot, lease);
      table.slots.setState(slot, lease.kindCode(), lease.stateCode());
      table.bodies.add(slot, lease);
      table.keys.add(lease.keyHash(), slot);
    } else {
      uncount(slot);
      table.slots.setState(slot, lease.kindCode(), lease.stateCode());
      table.bodies.replace(slot, lease);
    }
    table.rows.note(slot, lease);
    table.wheel.note(slot, table.ends(slot, lease) ? lease.expires() : LeaseTimes.NEVER);
    count(slot, lease.subnetId(), 1);
  }

  /** Removes the lease with a key, if it is there. */
  public void remove(LeaseKey key) {
    int slot = table.keys.find(key);
    if (slot != NONE) {
      uncount(slot);
      table.rows.noteNone(slot);
      table.wheel.noteVacant(slot);
      table.keys.remove(slot);
      table.bodies.remove(slot);
      table.slots.give(slot);
    }
  }

  private void uncount(int slot) {
    table.bodies.read(slot, kept);
    count(slot, kept.subnetId(), -1);
  }

  private void count(int slot, long subnetId, int by) {
    LeaseKind kind = LeaseKind.of(table.slots.kindCode(slot));
    table.tallies.count(kind, table.slots.state(slot), subnetId, by);
  }

  /**
   * What is left to do when all leases are in, in parts that may be done at the same time. When the
   * last is done, the table is as if each lease had been put into it. They throw {@link
   * MemoryFullException} if there is no room; the table can only be closed then.
   */
  public List<Runnable> rest() {
    return List.of(this::addToRows, this::addToOrderAndWheel);
  }

  private void addToRows() {
    int end = table.slots.end();
    for (int slot = 0; slot < end; slot++) {
      if (slot % STRIDE == 0) {
        table.memory().ensureRoomToGrow();
      }
      table.rows.addNoted(slot, described);
    }
  }

  private void addToOrderAndWheel() {
    int end = table.slots.end();
    for (int slot = 0; slot < end; slot++) {
      if (slot % STRIDE == 0) {
        table.memory().ensureRoomToGrow();
      }
      if (table.wheel.addNoted(slot)) {
        table.order.add(slot);
      }
    }
  }
}
