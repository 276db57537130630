// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.connection.ConnectionLimits;
import java.time.Duration;
import java.util.List;

/** Settings for tests that do not want to wait. */
final class QuickSctp {
  static final SctpSettings QUICK = with(List.of());

  private QuickSctp() {}

  static SctpSettings with(List<Ipv6> addresses) {
    return new SctpSettings(
        addresses,
        new ConnectionLimits(256, 1 << 20, 32 << 20, 1000, 1000),
        Duration.ofSeconds(2),
        Duration.ofMillis(100));
  }
}
