// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.server.lease.LeaseTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The leases of one lane, looked at and changed in random order. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeaseTableBenchmark {
  /** How many leases there are. */
  @Param({"100000", "1000000"})
  public int leases;

  private final Order order = new Order();
  private LeaseTable table;
  private long now = Samples.NOW;

  /** Fills the table. */
  @Setup
  public void fill() {
    table = new LeaseTable(0x5eed);
    for (int i = 0; i < leases; i++) {
      table.put(Samples.lease(i, now));
    }
  }

  /** A lease by its key. */
  @Benchmark
  public Lease find() {
    return table.find(Samples.key(order.next(leases)));
  }

  /** A key without a lease. */
  @Benchmark
  public Lease findNothing() {
    return table.find(Samples.key(leases + order.next(leases)));
  }

  /** The leases of a client. */
  @Benchmark
  public List<Lease> ofClient() {
    return table.ofClient(ClientIdentity.of(Samples.duid(order.next(leases))), 8);
  }

  /** A lease put again with new times. */
  @Benchmark
  public void renew() {
    table.put(Samples.lease(order.next(leases), now++ / 1000));
  }

  /** A lease that goes and comes: a removal and an addition. */
  @Benchmark
  public void removeAndPut() {
    int client = order.next(leases);
    table.remove(Samples.key(client));
    table.put(Samples.lease(client, now));
  }
}
