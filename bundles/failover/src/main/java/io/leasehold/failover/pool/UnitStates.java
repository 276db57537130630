// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.lease.LeaseState;
import java.util.function.LongPredicate;

/**
 * The states of the units of a pool, by number: nine octets for each that is not FREE, for there
 * may be millions. What was never set is FREE.
 */
final class UnitStates {
  private static final int LEAST_SLOTS = 64;
  private static final LeaseState[] BY_CODE = new LeaseState[LeaseState.values().length + 1];

  static {
    for (LeaseState state : LeaseState.values()) {
      BY_CODE[state.code()] = state;
    }
  }

  /** By slot; a slot whose state is 0 is empty. */
  private long[] units = new long[LEAST_SLOTS];

  private byte[] states = new byte[LEAST_SLOTS];
  private int used;

  /** The state of a unit. */
  LeaseState of(long unit) {
    byte code = states[slot(unit)];
    return code == 0 ? LeaseState.FREE : BY_CODE[code];
  }

  /** Sets the state of a unit; returns what it was. */
  LeaseState set(long unit, LeaseState state) {
    int slot = slot(unit);
    LeaseState before = states[slot] == 0 ? LeaseState.FREE : BY_CODE[states[slot]];
    if (before == state) {
      return before;
    }
    if (states[slot] == 0) {
      units[slot] = unit;
      used++;
    }
    states[slot] = (byte) state.code();
    if (used > units.length / 2) {
      rebuild();
    }
    return before;
  }

  /** Shows the units in a state, in no order, until it is enough (false). */
  void each(LeaseState state, LongPredicate more) {
    boolean goesOn = true;
    for (int slot = 0; goesOn && slot < units.length; slot++) {
      goesOn = states[slot] != state.code() || more.test(units[slot]);
    }
  }

  /** For how many units there is room. */
  int slots() {
    return units.length;
  }

  /** Where a unit is, or would be. */
  private int slot(long unit) {
    int mask = units.length - 1;
    long mixed = unit * 0x9e37_79b9_7f4a_7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (states[slot] != 0 && units[slot] != unit) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Leaves out what became FREE. */
  private void rebuild() {
    long[] oldUnits = units;
    byte[] oldStates = states;
    int kept = 0;
    for (byte code : oldStates) {
      kept += isKept(code) ? 1 : 0;
    }
    int size = Math.max(LEAST_SLOTS, Integer.highestOneBit(Math.max(kept, 1)) * 4);
    units = new long[size];
    states = new byte[size];
    used = kept;
    for (int old = 0; old < oldStates.length; old++) {
      if (isKept(oldStates[old])) {
        int slot = slot(oldUnits[old]);
        units[slot] = oldUnits[old];
        states[slot] = oldStates[old];
      }
    }
  }

  private static boolean isKept(byte code) {
    return code != 0 && code != LeaseState.FREE.code();
  }
}
