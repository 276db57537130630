// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.util.List;

/**
 * Writes commands of {@code ip xfrm} with manual keys. RFC 8213 section 3 lets them suffice; they
 * withstand no replay and no stolen key, and {@link Verification} does not accept them.
 */
final class XfrmText {
  private XfrmText() {}

  static String of(List<HopPlan> hops) {
    StringBuilder text = new StringBuilder();
    text.append("#!/bin/sh -eu\n")
        .append("# For a laboratory only: manual keys. On the other host it is the same with the")
        .append(" ends exchanged.\n")
        .append("# KEY_OUT and KEY_IN: 36 random octets each in hex after 0x, for example of")
        .append(" openssl rand -hex 36.\n");
    int number = 0x1000;
    for (HopPlan hop : hops) {
      text.append(state(hop.local().toString(), hop.remote().toString(), number, "KEY_OUT"));
      text.append(state(hop.remote().toString(), hop.local().toString(), number + 1, "KEY_IN"));
      text.append(policy(hop, hop.local().toString(), hop.remote().toString(), "out"));
      text.append(policy(hop, hop.remote().toString(), hop.local().toString(), "in"));
      number += 2;
    }
    return text.toString();
  }

  private static String state(String from, String to, int number, String key) {
    return "ip xfrm state add src %s dst %s proto esp spi 0x%x mode transport replay-window 64 aead 'rfc4106(gcm(aes))' \"${%s:?}\" 128%n"
        .formatted(from, to, number, key);
  }

  private static String policy(HopPlan hop, String from, String to, String direction) {
    return "ip xfrm policy add src %s dst %s proto udp sport %d dport %d dir %s tmpl proto esp mode transport%n"
        .formatted(from, to, hop.port(), hop.port(), direction);
  }
}
