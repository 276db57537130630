// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Family;
import io.leasehold.server.lane.Thinning;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has the kernel drop what the server would drop. Changed by the control thread, read by any. */
final class Relief {
  private final Counters counters;
  private final Bindings bindings;
  private final Map<Family, Thinning> thinning = new EnumMap<>(Family.class);
  private final Map<Family, Integer> shares = new ConcurrentHashMap<>();

  Relief(Counters counters, Bindings bindings) {
    this.counters = counters;
    this.bindings = bindings;
    for (Family family : Family.values()) {
      thinning.put(family, new Thinning());
      shares.put(family, Thinning.ALL);
    }
  }

  /** Called several times a second. */
  void look() {
    shares.replaceAll(this::look);
  }

  private int look(Family family, int before) {
    long received = counters.of(PacketCounter.RECEIVED.of(family));
    long shed = counters.of(PacketCounter.OVERLOAD.of(family));
    int share = thinning.get(family).next(received, shed);
    if (share != before) {
      bindings.thin(family, share);
    }
    return share;
  }

  /** What wants attention, a sentence each. */
  List<String> alarms() {
    List<String> found = new ArrayList<>();
    for (Family family : Family.values()) {
      int share = shares.get(family);
      if (share < Thinning.ALL) {
        found.add(
            "overloaded: of "
                + Thinning.ALL
                + " messages by which "
                + (family == Family.IPV6 ? "DHCPv6" : "DHCPv4")
                + " clients begin, "
                + share
                + " are received; where the transport can, the kernel drops the others"
                + " (counter *-received-lost)");
      }
    }
    return found;
  }
}
