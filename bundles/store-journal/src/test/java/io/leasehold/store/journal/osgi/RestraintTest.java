// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestraintTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  @Test
  void workTakesASmallPartOfAProcessor() {
    Restraint restraint = new Restraint(10_000);
    long start = System.nanoTime();
    long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    while (System.nanoTime() - start < LONG_NANOS) {
      restraint.wrote(0);
    }
    worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - worked;
    assertThat(worked).isLessThan((System.nanoTime() - start) / 3);
  }

  @Test
  void octetsHaveALimitOfTheirOwn() {
    Restraint restraint = new Restraint(1);
    restraint.wrote(0);
    long start = System.nanoTime();
    int octets = 0;
    while (octets < 1 << 18) {
      octets += 1 << 10;
      restraint.wrote(1 << 10);
    }
    // Those of the last moment are waited for when it is over.
    long end = System.nanoTime();
    while (System.nanoTime() - end < TimeUnit.MILLISECONDS.toNanos(1)) {
      restraint.wrote(0);
    }
    // A quarter of a MiB at one MiB a second.
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(240));
  }
}
