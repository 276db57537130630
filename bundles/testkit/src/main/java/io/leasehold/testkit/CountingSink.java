// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a replay gives, and keeps nothing. */
public final class CountingSink implements LeaseSink {
  private final LongAdder puts = new LongAdder();

  /** How many leases came. */
  public long puts() {
    return puts.sum();
  }

  @Override
  public void put(Lease lease) {
    puts.increment();
  }

  @Override
  public void remove(LeaseKey key) {
    puts.decrement();
  }
}
