// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What statements of one block say, in the words of the plan. A group has no object of its own in a
 * plan: what is said in it is said again in what it holds. Used by one thread.
 */
final class DhcpdScope {
  private static final String OPTIONS = "option-data";

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

  /** Sets a key for the family of the scope, or for both. */
  void set(String key, Object value) {
    for (Family each : Family.values()) {
      if (family == null || family == each) {
        members.get(each).put(key, value);
      }
    }
  }

  void set(Family only, String key, Object value) {
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

  /** All members for a family; those of groups around where they are not set here. */
  Map<String, Object> all(Family of) {
    Map<String, Object> all = new LinkedHashMap<>(members.get(of));
    Map<String, Map<String, Object>> set = new LinkedHashMap<>(options.get(of));
    for (DhcpdScope group = outer; group != null && group.kind == Kind.GROUP; group = group.outer) {
      group.members.get(of).forEach(all::putIfAbsent);
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
