// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks for links whose clients no packet can be found to come from. */
final class Reach {
  private static final int BITS = 128;

  private final Findings findings;
  private final Map<Prefix, Place> places;
  private final TreeMap<Ipv6, Set<Prefix>> prefixes = new TreeMap<>();

  private Reach(Findings findings, Map<Prefix, Place> places, List<Link> links) {
    this.findings = findings;
    this.places = places;
    for (Link link : links) {
      for (Subnet subnet : link.subnets()) {
        if (!link.classes().guard().isOpen() || !subnet.classes().guard().isOpen()) {
          continue; // Clients of other classes are found elsewhere.
        }
        prefixes
            .computeIfAbsent(subnet.prefix().first(), first -> new HashSet<>())
            .add(subnet.prefix());
      }
    }
  }

  /**
   * Warns.
   *
   * @param places of subnets by prefix
   * @param interfaces that are listened on; empty if the plan does not say
   */
  static void check(
      Findings findings, Map<Prefix, Place> places, List<Link> links, List<String> interfaces) {
    Reach reach = new Reach(findings, places, links);
    for (Link link : links) {
      boolean isSelected =
          isSelector(link.selectors())
              || link.subnets().stream().anyMatch(subnet -> isSelector(subnet.selectors()));
      if (!isSelected && link.subnets().stream().allMatch(subnet -> reach.isHidden(subnet, link))) {
        reach.warnHidden(link);
      }
      for (Subnet subnet : link.subnets()) {
        subnet
            .selectors()
            .interfaceName()
            .filter(name -> !isListenedOn(name, interfaces))
            .ifPresent(name -> reach.warnDeaf(subnet, name));
      }
    }
  }

  private static boolean isSelector(Selectors selectors) {
    return !selectors.equals(Selectors.NONE);
  }

  private static boolean isListenedOn(String name, List<String> interfaces) {
    return interfaces.isEmpty()
        || interfaces.stream()
            .anyMatch(word -> word.equals("*") || word.equals(name) || word.startsWith(name + "/"));
  }

  private void warnHidden(Link link) {
    Prefix prefix = link.subnets().get(0).prefix();
    findings.warn(
        "hidden subnets",
        places.getOrDefault(prefix, new Place("plan", 1, 1)),
        "no client is found to be in the subnet "
            + prefix
            + ": other subnets have all of its addresses, and it names neither relay, interface nor"
            + " interface-id");
  }

  private void warnDeaf(Subnet subnet, String name) {
    findings.warn(
        "interfaces not listened on",
        places.getOrDefault(subnet.prefix(), new Place("plan", 1, 1)),
        "the interface \""
            + name
            + "\" of the subnet "
            + subnet.prefix()
            + " is not among the \"interfaces\" of \"interfaces-config\": its clients are reached"
            + " through relay agents only");
  }

  /** Whether longer prefixes of other links have every address of a subnet. */
  private boolean isHidden(Subnet subnet, Link link) {
    Set<Prefix> inside = new HashSet<>();
    Prefix prefix = subnet.prefix();
    prefixes
        .subMap(prefix.first(), true, prefix.last(), true)
        .values()
        .forEach(
            some ->
                some.stream()
                    .filter(other -> other.length() > prefix.length() && prefix.contains(other))
                    .forEach(inside::add));
    link.subnets().forEach(own -> inside.remove(own.prefix()));
    return !inside.isEmpty() && isCovered(prefix, inside);
  }

  private static boolean isCovered(Prefix prefix, Set<Prefix> by) {
    if (by.contains(prefix)) {
      return true;
    }
    if (prefix.length() == BITS || by.stream().noneMatch(prefix::contains)) {
      return false;
    }
    Prefix lower = new Prefix(prefix.first(), prefix.length() + 1);
    Prefix upper = Prefix.masked(prefix.last(), prefix.length() + 1);
    return isCovered(lower, by) && isCovered(upper, by);
  }
}
