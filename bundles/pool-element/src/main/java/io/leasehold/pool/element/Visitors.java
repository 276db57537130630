// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.rserpool.hunt.RegistrarHunt;
import io.leasehold.rserpool.session.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registrars that have connected to this side, and how much all registrars ask. One thread. */
final class Visitors {
  /** Registrars that may be connected to this side. */
  static final int MOST = 16;

  private final Map<Long, Caller> callers = new HashMap<>();
  private final Map<Long, KeepAliveBudget> budgets = new HashMap<>();

  /** Whether it may stay: it has proved that it is a registrar, and there are not too many. */
  boolean enter(long session, Caller caller) {
    if (!RegistrarHunt.isRegistrar(caller) || callers.size() >= MOST) {
      return false;
    }
    callers.put(session, caller);
    return true;
  }

  boolean has(long session) {
    return callers.containsKey(session);
  }

  /** It is no visitor any more, but the home. */
  Caller take(long session) {
    return callers.remove(session);
  }

  /** Its connection is over, whether it was a visitor or not. */
  void left(long session) {
    callers.remove(session);
    budgets.remove(session);
  }

  /** Whether one more keep-alive of a connection is answered. */
  boolean mayAsk(long session, long now) {
    return budgets.computeIfAbsent(session, any -> new KeepAliveBudget(now)).take(now);
  }

  /** All of them, who are none any more. */
  List<Long> leaveAll() {
    List<Long> all = List.copyOf(callers.keySet());
    callers.clear();
    budgets.clear();
    return all;
  }
}
