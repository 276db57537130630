// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.util.stream.LongStream;

/** Seeds for a simulation test. */
public final class SimSeeds {
  private SimSeeds() {}

  /** The fixed seeds of the build; 1 to N instead if the test is run with {@code -Dseeds=N}. */
  public static LongStream orFixed(long... fixed) {
    Long many = Long.getLong("seeds");
    return many == null ? LongStream.of(fixed) : LongStream.rangeClosed(1, many);
  }
}
