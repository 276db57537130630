// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives an id to each subnet that the plan gives none. It is made from the prefix, so that adding,
 * removing or moving another subnet does not change it, and lies in the upper half of the range,
 * where hand-written ids are not.
 */
final class SubnetIds {
  private static final long FIRST = 0x8000_0000L;
  private static final long LAST = 0xffff_fffeL;

  private SubnetIds() {}

  static List<Link> assign(List<Link> links) {
    Set<Long> taken = new HashSet<>();
    links.forEach(link -> link.subnets().forEach(subnet -> taken.add(subnet.id())));
    Map<Prefix, Long> derived = new HashMap<>();
    links.stream()
        .flatMap(link -> link.subnets().stream())
        .filter(subnet -> subnet.id() == 0)
        .map(Subnet::prefix)
        .sorted()
        .forEach(prefix -> derived.put(prefix, free(prefix, taken)));
    return links.stream()
        .map(link -> link.with(link.subnets().stream().map(s -> withId(s, derived)).toList()))
        .toList();
  }

  private static Subnet withId(Subnet subnet, Map<Prefix, Long> derived) {
    return subnet.id() == 0 ? subnet.withId(derived.get(subnet.prefix())) : subnet;
  }

  private static long free(Prefix prefix, Set<Long> taken) {
    long mixed = prefix.address().high() * 31 + prefix.address().low() * 17 + prefix.length();
    mixed = (mixed ^ mixed >>> 32) * 0x9e37_79b9_7f4a_7c15L;
    long id = FIRST + Long.remainderUnsigned(mixed >>> 1, LAST - FIRST + 1);
    while (!taken.add(id)) {
      id = id == LAST ? FIRST : id + 1;
    }
    return id;
  }
}
