// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.memory.Records;
import java.nio.ByteBuffer;

/**
 * What the indexes need of every lease, in one cache line of 64 octets each: its key and state,
 * where its other octets are, and the links of the rows it is in. Owner: the lane's thread.
 */
final class Slots {
  static final int NONE = Records.NONE;

  /** Octets of a slot. */
  static final int OCTETS = 64;

  private static final int HIGH = 0;
  private static final int LOW = 8;
  private static final int REALM = 16;

  /** Kind in the low half, state in the high one. */
  private static final int KIND = 20;

  private static final int PREFIX = 21;
  private static final int LENGTH = 22;
  private static final int PLACE = 24;

  /** Links of the {@link RowIndex} of clients. */
  static final int CLIENT = 32;

  /** Links of {@link DeadlineWheel}. */
  static final int WHEEL_NEXT = 48;

  static final int WHEEL_PREVIOUS = 52;

  /** Row (16 bits) and deadline (48 bits). */
  private static final int DEADLINE = 56;

  private static final int DEADLINE_BITS = 48;
  private static final int HALF = 4;
  private static final int LOW_HALF = 0xf;

  /** Later deadlines are not told apart. */
  static final long LAST_DEADLINE = (1L << DEADLINE_BITS) - 1;

  private final OffHeap memory;
  private final Records records;

  Slots(OffHeap memory) {
    this.memory = memory;
    this.records = new Records(memory, OCTETS);
  }

  OffHeap memory() {
    return memory;
  }

  /** The links that a row index keeps in the slots. */
  Records records() {
    return records;
  }

  int take() {
    return records.take();
  }

  void give(int slot) {
    records.give(slot);
  }

  void clear() {
    records.clear();
  }

  int used() {
    return records.used();
  }

  /** Slots that have ever been taken are below this. */
  int end() {
    return records.end();
  }

  /** Writes the key of a slot that is in no row yet. */
  void setKey(int slot, LeaseOctets lease) {
    ByteBuffer page = records.page(slot);
    int at = records.at(slot);
    page.putLong(at + HIGH, lease.high());
    page.putLong(at + LOW, lease.low());
    page.putInt(at + REALM, lease.realm());
    page.put(at + PREFIX, (byte) lease.prefixLength());
    page.putLong(at + DEADLINE, 0);
  }

  /** Writes the state, and with it the kind again. */
  void setState(int slot, int kindCode, int stateCode) {
    records.page(slot).put(records.at(slot) + KIND, (byte) (stateCode << HALF | kindCode));
  }

  int kindCode(int slot) {
    return records.page(slot).get(records.at(slot) + KIND) & LOW_HALF;
  }

  LeaseState state(int slot) {
    return LeaseStates.of(records.page(slot).get(records.at(slot) + KIND) >> HALF & LOW_HALF);
  }

  long high(int slot) {
    return records.getLong(slot, HIGH);
  }

  long low(int slot) {
    return records.getLong(slot, LOW);
  }

  int realm(int slot) {
    return records.getInt(slot, REALM);
  }

  int prefixLength(int slot) {
    return records.page(slot).get(records.at(slot) + PREFIX) & 0xff;
  }

  /** Whether a slot's key is this. */
  boolean isOf(int slot, long high, long low, long rest) {
    ByteBuffer page = records.page(slot);
    int at = records.at(slot);
    return page.getLong(at + LOW) == low
        && page.getLong(at + HIGH) == high
        && rest(page, at) == rest;
  }

  /** Realm, kind and prefix length of a slot in one number. */
  long rest(int slot) {
    return rest(records.page(slot), records.at(slot));
  }

  private static long rest(ByteBuffer page, int at) {
    return rest(
        page.getInt(at + REALM), page.get(at + KIND) & LOW_HALF, page.get(at + PREFIX) & 0xff);
  }

  /** Realm, kind and prefix length in one number. */
  static long rest(int realm, int kindCode, int prefixLength) {
    return (long) realm << 16 | (long) kindCode << 8 | prefixLength;
  }

  static long rest(LeaseKey key) {
    return rest(key.realm(), key.kind().code(), key.prefixLength());
  }

  LeaseKey key(int slot) {
    return new LeaseKey(
        realm(slot),
        LeaseKind.of(kindCode(slot)),
        new Ipv6(high(slot), low(slot)),
        prefixLength(slot));
  }

  /** Place of the other octets, see {@link LeaseBodies}. */
  int place(int slot) {
    return records.getInt(slot, PLACE);
  }

  void setPlace(int slot, int place) {
    records.putInt(slot, PLACE, place);
  }

  /** Length of the other octets, see {@link LeaseBodies}. */
  int length(int slot) {
    return records.page(slot).getShort(records.at(slot) + LENGTH) & 0xffff;
  }

  void setLength(int slot, int length) {
    records.page(slot).putShort(records.at(slot) + LENGTH, (short) length);
  }

  /** The row of the wheel that a slot is in. */
  int wheelRow(int slot) {
    return (int) (records.getLong(slot, DEADLINE) >>> DEADLINE_BITS);
  }

  long deadline(int slot) {
    return records.getLong(slot, DEADLINE) & LAST_DEADLINE;
  }

  void setDeadline(int slot, int row, long deadline) {
    records.putLong(slot, DEADLINE, (long) row << DEADLINE_BITS | deadline);
  }

  int link(int slot, int field) {
    return records.getInt(slot, field);
  }

  void setLink(int slot, int field, int to) {
    records.putInt(slot, field, to);
  }
}
