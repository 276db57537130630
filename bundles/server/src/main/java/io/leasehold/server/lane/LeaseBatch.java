// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.server.lease.LeaseOctets;
import io.leasehold.server.lease.TableLoad;

/**
 * Some leases for one table, so that it is locked once for all of them and read and hashed before
 * that. One thread.
 */
final class LeaseBatch {
  private static final int SIZE = 128;

  private final LeaseOctets[] leases = new LeaseOctets[SIZE];
  private TableLoad target;
  private int count;

  LeaseBatch() {
    for (int i = 0; i < SIZE; i++) {
      leases[i] = new LeaseOctets();
    }
  }

  /** Where the next lease is to be read into. */
  LeaseOctets room() {
    if (count == SIZE) {
      flush();
    }
    return leases[count];
  }

  /** Takes what was read into {@link #room}. */
  void add(TableLoad to) {
    if (to != target) {
      LeaseOctets lease = leases[count];
      leases[count] = leases[0];
      flush();
      leases[0] = lease;
      target = to;
    }
    to.prepare(leases[count]);
    count++;
  }

  /** Puts into the table what was added. */
  void flush() {
    if (count > 0) {
      synchronized (target) {
        for (int i = 0; i < count; i++) {
          target.put(leases[i]);
        }
      }
      count = 0;
    }
  }

  /** Forgets what was added. */
  void clear() {
    count = 0;
    target = null;
  }
}
