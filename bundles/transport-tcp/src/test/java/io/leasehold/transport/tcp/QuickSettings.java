// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.connection.ConnectionLimits;
import java.time.Duration;

/** Settings for tests that do not want to wait. */
final class QuickSettings {
  static final TcpSettings QUICK =
      new TcpSettings(
          2,
          20,
          new ConnectionLimits(256, 1 << 20, 32 << 20, 1000, 1000),
          new TcpTimes(
              Duration.ofSeconds(2),
              Duration.ofMillis(50),
              Duration.ofMillis(400),
              Duration.ofSeconds(1),
              Duration.ZERO,
              Duration.ofMillis(100)));

  private QuickSettings() {}
}
