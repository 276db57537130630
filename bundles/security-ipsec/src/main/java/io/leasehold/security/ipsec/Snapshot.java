// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.security.Admission;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How all hops were when they were verified last. Immutable; read for every message.
 *
 * @param atNanos when; it counts for {@link #FRESH} only
 * @param hops those that a policy is for
 * @param missing configured peers that no policy is for, though the profile names them
 * @param trouble why nothing could be verified; empty if it could
 */
record Snapshot(long atNanos, Map<Hop, Hop.Finding> hops, List<String> missing, String trouble) {
  /** An older one admits nothing. */
  static final Duration FRESH = Duration.ofSeconds(15);

  Snapshot {
    hops = Map.copyOf(hops);
    missing = List.copyOf(missing);
  }

  static Snapshot none(long nowNanos, String trouble) {
    return new Snapshot(nowNanos, Map.of(), List.of(), trouble);
  }

  Admission admit(HopEnd local, HopEnd remote, long nowNanos) {
    String trouble = trouble(nowNanos);
    if (!trouble.isEmpty()) {
      return Admission.refused(trouble);
    }
    Hop hop = new Hop(local.address(), local.port(), remote.address(), remote.port());
    Hop.Finding finding = hops.get(hop);
    return finding == null
        ? Admission.refused("no policy requires ESP from " + hop)
        : finding.admission();
  }

  Health health(long nowNanos) {
    String trouble = trouble(nowNanos);
    if (!trouble.isEmpty()) {
      return Health.unusable(trouble);
    }
    List<String> faults = faults();
    if (hops.values().stream().noneMatch(each -> each.admission().admitted())) {
      return Health.unusable(
          faults.isEmpty()
              ? "no policy requires ESP for a configured peer; dhcp:ipsec-generate writes them"
              : String.join("; ", faults));
    }
    return faults.isEmpty() ? Health.READY : Health.degraded(String.join("; ", faults));
  }

  private List<String> faults() {
    Map<String, String> faults = new LinkedHashMap<>();
    hops.values().stream()
        .filter(each -> !each.admission().admitted())
        .forEach(each -> faults.put(each.peer(), each.peer() + ": " + each.admission().reason()));
    missing.forEach(each -> faults.put(each, each + ": no policy requires ESP"));
    return faults.values().stream().sorted().toList();
  }

  private String trouble(long nowNanos) {
    boolean old = nowNanos - atNanos > FRESH.toNanos();
    return trouble.isEmpty() && old
        ? "not verified for " + Duration.ofNanos(nowNanos - atNanos).toSeconds() + " s"
        : trouble;
  }

  /** The finding of a hop in an earlier snapshot. */
  Optional<Hop.Finding> finding(Hop hop) {
    return Optional.ofNullable(hops.get(hop));
  }
}
