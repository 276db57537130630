// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.server.plan.Link;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.List;

/** Which addresses are appropriate for a link (RFC 8415 section 18.3.3). */
final class OnLink {
  private OnLink() {}

  /** Whether the link contains all addresses that are named. */
  static boolean containsAll(Link link, List<WantedLease> wanted) {
    for (WantedLease one : wanted) {
      if (one.isSpecific() && !link.contains(one.prefix().address())) {
        return false;
      }
    }
    return true;
  }
}
