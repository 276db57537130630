// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.util.List;

/**
 * A policy that the IKE daemon keeps in the kernel, whether an SA is there or not.
 *
 * @param connection name of the configuration it is from; empty for a policy without IKE
 * @param child name within it
 * @param mode {@code TRANSPORT}, {@code TUNNEL}, {@code PASS} or {@code DROP}
 * @param local selectors of our end
 * @param remote selectors of the other end
 */
record Policy(
    String connection,
    String child,
    String mode,
    List<TrafficSelector> local,
    List<TrafficSelector> remote) {
  static Policy of(ViciMessage section) {
    return new Policy(
        section.value("ike"),
        section.value("child"),
        section.value("mode"),
        ChildSa.selectors(section.list("local-ts")),
        ChildSa.selectors(section.list("remote-ts")));
  }

  /** Whether it makes the kernel drop what ESP does not protect, in and out. */
  boolean requiresEsp() {
    return mode.equals("TRANSPORT");
  }

  /** Whether it lets datagrams through that nothing protects. */
  boolean lets(Hop hop) {
    return mode.equals("PASS")
        && local.stream().anyMatch(each -> each.covers(hop.local(), hop.localPort()))
        && remote.stream().anyMatch(each -> each.covers(hop.remote(), hop.remotePort()));
  }
}
