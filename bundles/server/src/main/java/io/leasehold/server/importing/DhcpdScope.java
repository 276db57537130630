// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What statements of one block say, in the words of the plan. A group has no object of its own in a
 * plan: what is said in it is said again in what it holds. Used by one thread.
 */
final class DhcpdScope {
  private static final String OPTIONS = "option-data";

  /** What a plan can say of a host, besides options. */
  private static final Set<String> OF_HOSTS =
      Set.of("boot-file-name", "server-hostname", "next-server", "hostname");

  /** What a block is. */
  enum Kind {
    GLOBAL,
    NETWORK,
    SUBNET,
    POOL,
    HOST,
    GROUP
  }

  private final Kind kind;
  private final DhcpdScope outer;
  private final Family family;
  private final Map<Family, Map<String, Object>> members = new LinkedHashMap<>();
  private final Map<Family, Map<String, Map<String, Object>>> options = new LinkedHashMap<>();
  private final List<Object> pools = new ArrayList<>();
  private final List<Object> prefixPools = new ArrayList<>();
  private final Set<String> permitted = new LinkedHashSet<>();
  private boolean namesHosts;

  /** A block in another; {@code family} is null where it is of both. */
  DhcpdScope(Kind kind, DhcpdScope outer, Family family) {
    this.kind = kind;
    this.outer = outer;
    this.family = family == null && outer != null ? outer.family : family;
    this.namesHosts = outer != null && outer.namesHosts;
    for (Family each : Family.values()) {
      members.put(each, new LinkedHashMap<>());
      options.put(each, new LinkedHashMap<>());
    }
  }

  Kind kind() {
    return kind;
  }

  /** Of whose clients; null of both. */
  Family family() {
    return family;
  }

  /** The innermost scope of a kind, this one included; null if there is none. */
  DhcpdScope within(Kind wanted) {
    return kind == wanted || outer == null ? kind == wanted ? this : null : outer.within(wanted);
  }

  /** Whether a plan can say it of such a block. */
  private boolean admits(String key) {
    return switch (kind) {
      case POOL -> false;
      case HOST -> OF_HOSTS.contains(key);
      default -> true;
    };
  }

  private void check(String key) {
    if (!admits(key)) {
      throw new IllegalArgumentException(
          "a plan says it of "
              + (kind == Kind.POOL ? "subnets and client classes, not of pools" : "subnets only"));
    }
  }

  /**
   * Sets a key for the family of the scope, or for both.
   *
   * @throws IllegalArgumentException if a plan cannot say it here
   */
  void set(String key, Object value) {
    check(key);
    for (Family each : Family.values()) {
      if (family == null || family == each) {
        members.get(each).put(key, value);
      }
    }
  }

  void set(Family only, String key, Object value) {
    check(key);
    members.get(only).put(key, value);
  }

  void option(Family of, String name, Map<String, Object> option) {
    options.get(of).put(name, option);
  }

  void pool(Map<String, Object> pool) {
    pools.add(pool);
  }

  void prefixPool(Map<String, Object> pool) {
    prefixPools.add(pool);
  }

  /** Has pools serve members of a class, and of no other ones but those said in the same block. */
  void permit(String clientClass) {
    permitted.add(clientClass);
  }

  /** The classes that pools are for, said here or around; empty: everybody. */
  Set<String> permitted() {
    return permitted.isEmpty() && outer != null ? outer.permitted() : permitted;
  }

  boolean namesHosts() {
    return namesHosts;
  }

  void nameHosts(boolean names) {
    namesHosts = names;
  }

  /** The value of a key, here or in groups around. */
  Object value(Family of, String key) {
    return all(of).get(key);
  }

  private void putIfAdmitted(Map<String, Object> all, String key, Object value) {
    if (admits(key)) {
      all.putIfAbsent(key, value);
    }
  }

  /** What groups around say and a plan cannot say of such a block. */
  Set<String> leftOut(Family of) {
    Set<String> keys = new LinkedHashSet<>();
    for (DhcpdScope group = outer; group != null && group.kind == Kind.GROUP; group = group.outer) {
      keys.addAll(group.members.get(of).keySet());
    }
    keys.removeIf(this::admits);
    return keys;
  }

  /** All members for a family; those of groups around where they are not set here. */
  Map<String, Object> all(Family of) {
    Map<String, Object> all = new LinkedHashMap<>(members.get(of));
    Map<String, Map<String, Object>> set = new LinkedHashMap<>(options.get(of));
    for (DhcpdScope group = outer; group != null && group.kind == Kind.GROUP; group = group.outer) {
      group.members.get(of).forEach((key, value) -> putIfAdmitted(all, key, value));
      group.options.get(of).forEach(set::putIfAbsent);
    }
    if (!set.isEmpty()) {
      all.put(OPTIONS, List.copyOf(set.values()));
    }
    if (!pools.isEmpty()) {
      all.put("pools", List.copyOf(pools));
    }
    if (!prefixPools.isEmpty()) {
      all.put("pd-pools", List.copyOf(prefixPools));
    }
    return all;
  }
}
