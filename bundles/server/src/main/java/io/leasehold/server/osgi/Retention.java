// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Family;
import io.leasehold.server.RetentionRule;
import io.leasehold.server.RetentionRules;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is kept of clients, computed from what is in force. Any thread. */
record Retention(ServerSettings settings, Supplier<Regime> inForce, Purge purge)
    implements RetentionRules {
  private static final String NEVER = "never";

  @Override
  public List<RetentionRule> rules() {
    List<RetentionRule> rules = new ArrayList<>();
    boolean frank = settings.hops().gate().accessInClear();
    rules.add(
        new RetentionRule(
            "P1",
            "access-network identifiers (RFC 7839)",
            frank
                ? "until the reply is sent, from every hop"
                : "until the reply is sent, from confidential hops; taken out from others",
            NEVER,
            NEVER,
            "ani.accept.over.cleartext = " + frank));
    rules.add(
        new RetentionRule(
            "P2",
            "circuit-id, subscriber-id, Interface-Id and the rest of relay agents",
            "until the reply is sent",
            NEVER,
            NEVER,
            "nothing needs them later"));
    Regime regime = inForce.get();
    if (regime != null) {
      for (Family family : Family.values()) {
        add(regime.plan().of(family), rules);
      }
    }
    return List.copyOf(rules);
  }

  private void add(FamilyPlan plan, List<RetentionRule> rules) {
    if (!plan.served()) {
      return;
    }
    String word = plan.family() == Family.IPV6 ? "v6: " : "v4: ";
    long subnets = plan.links().stream().mapToLong(Retention::storing).sum();
    String ids = subnets == 0 ? NEVER : "while the lease is bound, in " + subnets + " subnets";
    rules.add(
        new RetentionRule(
            "P2",
            word + "relay-id, remote-id",
            ids,
            ids + gone(subnets),
            NEVER,
            "store-extended-info of the plan"));
    String bound = "while the lease is bound";
    rules.add(
        new RetentionRule(
            "P3",
            word + "link-layer address, name",
            bound,
            bound + gone(1),
            logged(),
            "privacy.purge.seconds = " + settings.privacy().purgeSeconds()));
    long hold = plan.settings().holdReclaimedSeconds();
    String held = hold == 0 ? bound : bound + ", then " + hold + " s";
    rules.add(
        new RetentionRule(
            "P3",
            word + "DUID or client identifier",
            held,
            held + gone(1),
            logged(),
            "hold-reclaimed-time of the plan"));
    rules.add(
        new RetentionRule(
            "P4",
            word + "address or prefix, times",
            held,
            held + gone(1),
            "yes",
            "hold-reclaimed-time of the plan"));
  }

  /** How the log has who clients are: from INFO up it does not. */
  private String logged() {
    return switch (settings.privacy().names()) {
      case HASH -> "at DEBUG only, hashed";
      case FULL -> "at DEBUG only, in clear";
      case NONE -> NEVER;
    };
  }

  private static long storing(Link link) {
    return link.subnets().stream().filter(subnet -> subnet.storeRelayIds()).count();
  }

  /** When the octets are gone from the files. */
  private String gone(long kept) {
    if (kept == 0) {
      return "";
    }
    int seconds = settings.privacy().purgeSeconds();
    return seconds == 0
        ? "; gone from its files at its next checkpoint"
        : "; gone from its files " + purge.withinSeconds(seconds) + " s later";
  }
}
