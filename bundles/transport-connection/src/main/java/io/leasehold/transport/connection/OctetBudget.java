// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import java.util.concurrent.atomic.AtomicLong;

/** Octets that may wait in all queues together. May be used from any thread. */
public final class OctetBudget {
  private final AtomicLong left;

  public OctetBudget(long octets) {
    left = new AtomicLong(octets);
  }

  /** Takes octets; false, and nothing is taken, if there are not so many. */
  public boolean take(long octets) {
    if (left.addAndGet(-octets) >= 0) {
      return true;
    }
    left.addAndGet(octets);
    return false;
  }

  public void giveBack(long octets) {
    left.addAndGet(octets);
  }

  /** Octets that can be taken. */
  public long left() {
    return left.get();
  }
}
