// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.Set;

/**
 * The objects of a plan and the keys they may have: those that are honoured, and those that Kea
 * knows and that something else of this platform stands for.
 */
enum ObjectKind {
  GLOBAL("the %s object", PlanKeys.GLOBAL_6, PlanKeys.GLOBAL_4),
  SHARED_NETWORK("a shared network", PlanKeys.NETWORK_OF_6, PlanKeys.NETWORK_OF_4),
  SUBNET("a subnet", PlanKeys.SUBNET_6, PlanKeys.SUBNET_4),
  POOL("a pool", PlanKeys.POOL, PlanKeys.POOL),
  PD_POOL("a pd-pool", PlanKeys.PD_POOL, KeySet.NONE),
  RESERVATION("a reservation", PlanKeys.RESERVATION_6, PlanKeys.RESERVATION_4),
  CLIENT_CLASS("a class", PlanKeys.CLASS_6, PlanKeys.CLASS_4),
  OPTION_DATA("an option", PlanKeys.OPTION_DATA, PlanKeys.OPTION_DATA),
  OPTION_DEF("an option definition", PlanKeys.OPTION_DEF, PlanKeys.OPTION_DEF),
  RELAY("a relay", PlanKeys.RELAY, PlanKeys.RELAY),
  INTERFACES("interfaces-config", PlanKeys.INTERFACES_6, PlanKeys.INTERFACES_4),
  SERVER_ID("server-id", PlanKeys.SERVER_ID, KeySet.NONE),
  EXPIRED("expired-leases-processing", PlanKeys.EXPIRED, PlanKeys.EXPIRED),
  HOOKS_LIBRARY("a hooks library", PlanKeys.HOOKS_LIBRARY, PlanKeys.HOOKS_LIBRARY),
  FLEX_ID("the parameters of flex-id", PlanKeys.FLEX_ID_6, PlanKeys.FLEX_ID_4),
  COMPATIBILITY("compatibility", KeySet.NONE, PlanKeys.COMPATIBILITY),
  PING_CHECK("the parameters of ping-check", KeySet.NONE, PlanKeys.PING_CHECK);

  /** Keys that explain and do nothing, in every object. */
  private static final Set<String> REMARKS = Set.of("comment", "user-context", "metadata");

  private final String title;
  private final KeySet keys6;
  private final KeySet keys4;

  ObjectKind(String title, KeySet keys6, KeySet keys4) {
    this.title = title;
    this.keys6 = keys6;
    this.keys4 = keys4;
  }

  /** What it is, in a sentence. */
  String title(Dialect dialect) {
    return title.formatted(dialect.object());
  }

  /** The keys it may have. */
  KeySet keys(Dialect dialect) {
    return dialect == Dialect.V6 ? keys6 : keys4;
  }

  /** Whether a key only explains. */
  static boolean isRemark(String key) {
    return REMARKS.contains(key);
  }

  /** A hint at another object in which the key is honoured, in this dialect if there is one. */
  static String homeOf(String key, Dialect dialect) {
    for (Dialect candidate : new Dialect[] {dialect, dialect.other()}) {
      for (ObjectKind kind : values()) {
        if (kind.keys(candidate).honours(key)) {
          String title = kind.title(candidate);
          String within = " in " + candidate.object();
          boolean foreign = candidate != dialect && !title.contains(candidate.object());
          return "; it is a key of " + title + (foreign ? within : "");
        }
      }
    }
    return "";
  }
}
