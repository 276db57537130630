// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.memory.MemoryFullException;
import io.leasehold.server.memory.OffHeap;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The memory that all lanes keep leases in, and what is to be said about it. Any thread. */
final class LeaseMemory {
  /** System property: octets for leases, which {@code bin/leasehold} finds out. */
  static final String LIMIT = "io.leasehold.server.lease-memory";

  private static final String REMEDY = "give more with LEASE_MEMORY_MIB in etc/setenv";
  private static final int MIB_SHIFT = 20;

  private final OffHeap memory = new OffHeap(Long.getLong(LIMIT, Long.MAX_VALUE));

  OffHeap memory() {
    return memory;
  }

  /** Whether two times what is in use would be too much. */
  boolean holdsTooMuchForTwo() {
    return memory.used() > memory.limit() / 2;
  }

  /** What wants attention, a sentence each. */
  List<String> alarms() {
    return memory.isFull()
        ? List.of("memory for leases is full: no new lease is given; " + use() + "; " + REMEDY)
        : List.of();
  }

  Map<String, Long> counters() {
    return Map.of("lease-memory-octets", memory.used(), "lease-memory-refused", memory.refusals());
  }

  /** How much is in use, for people. */
  String use() {
    String limit = memory.limit() == Long.MAX_VALUE ? "" : " of " + (memory.limit() >> MIB_SHIFT);
    return (memory.used() >> MIB_SHIFT) + limit + " MiB";
  }

  /**
   * What to throw when leases could not be loaded.
   *
   * @param read how many were, until it failed
   */
  IOException failure(Exception cause, int read) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (why instanceof MemoryFullException) {
        return new IOException(
            "after %,d leases: %s; %s".formatted(read, why.getMessage(), REMEDY), cause);
      }
    }
    return cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
  }
}
