// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has SAs made before a message needs them, because the kernel drops the first ones while IKE runs.
 * Peers that do not answer are asked ever more rarely.
 */
final class WarmUp {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LAST = Duration.ofMinutes(5);

  private final Map<String, Attempt> attempts = new HashMap<>();

  private record Attempt(long atNanos, Duration pause) {
    boolean isOver(long now) {
      return now - atNanos >= pause.toNanos();
    }

    Attempt next(long now) {
      Duration longer = pause.multipliedBy(2);
      return new Attempt(now, longer.compareTo(LAST) > 0 ? LAST : longer);
    }
  }

  /** Commands for those that lack an SA and that nobody is at. */
  List<ViciPacket> due(Collection<Hop.Finding> findings, long now) {
    List<ViciPacket> due = new ArrayList<>();
    Set<String> lacking = new HashSet<>();
    for (Hop.Finding each : findings) {
      String name = each.connection() + "/" + each.child();
      if (each.keyed() || each.connection().isEmpty() || !lacking.add(name)) {
        continue;
      }
      Attempt last = attempts.get(name);
      if (!each.connecting() && (last == null || last.isOver(now))) {
        attempts.put(name, last == null ? new Attempt(now, FIRST) : last.next(now));
        // Answered at once; what comes of it is seen by the events.
        due.add(
            ViciPacket.request(
                "initiate", "ike", each.connection(), "child", each.child(), "timeout", "-1"));
      }
    }
    attempts.keySet().retainAll(lacking);
    return due;
  }
}
