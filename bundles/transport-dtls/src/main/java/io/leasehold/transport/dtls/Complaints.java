// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.security.Sanitizer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per failure in the log, and not more than some in a second: strangers cause them. */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.transport.dtls");
  private static final int MOST_IN_A_SECOND = 5;

  private final LongSupplier nanos;
  private long secondBegan;
  private int said;
  private long unsaid;

  Complaints(LongSupplier nanos) {
    this.nanos = nanos;
    this.secondBegan = nanos.getAsLong();
  }

  synchronized void say(String line) {
    long now = nanos.getAsLong();
    if (now - secondBegan > TimeUnit.SECONDS.toNanos(1)) {
      if (unsaid > 0) {
        LOG.warn("{} more failures of associations in a second", unsaid);
      }
      secondBegan = now;
      said = 0;
      unsaid = 0;
    }
    if (said++ < MOST_IN_A_SECOND) {
      LOG.warn("DTLS: {}", Sanitizer.line(line));
    } else {
      unsaid++;
    }
  }
}
