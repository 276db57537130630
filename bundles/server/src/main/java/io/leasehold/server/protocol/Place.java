// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;

/**
 * Where a client is.
 *
 * @param link its link
 * @param subnet the subnet of the link that the packet pointed at; its options serve a client that
 *     gets no lease
 */
public record Place(Link link, Subnet subnet) {
  /**
   * Tells where a client is; returns that.
   *
   * @param sign what kind of sign it was looked for by
   * @param value the sign
   */
  public static Place told(Explanation to, Place placeOrNull, String sign, Object value) {
    if (to.isOn()) {
      boolean known = placeOrNull != null;
      to.step(
          Topic.SUBNET,
          known ? placeOrNull.text() : "none",
          (known ? "the plan has it for the " : "the plan has none for the ") + sign + " " + value);
    }
    return placeOrNull;
  }

  private String text() {
    String one = subnet.id() + " " + subnet.prefix();
    return link.shared() ? one + " of shared network " + link.name() : one;
  }

  /** Whether clients of all classes may be there. */
  boolean isOpen() {
    return link.classes().guard().isOpen() && subnet.classes().guard().isOpen();
  }

  /** Whether a client of some classes may be there. */
  boolean admits(Membership client) {
    return link.classes().guard().admits(client) && subnet.classes().guard().admits(client);
  }
}
