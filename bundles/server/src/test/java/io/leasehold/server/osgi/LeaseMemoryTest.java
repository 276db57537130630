// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.memory.MemoryFullException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LeaseMemoryTest {
  private final LeaseMemory memory = new LeaseMemory();

  @Test
  void leasesThatDoNotFitNameTheSetting() {
    var wrapped = new IllegalStateException(new MemoryFullException("memory for leases is full"));

    assertThat(memory.failure(wrapped, 1_234_567))
        .hasMessageContaining("1,234,567 leases")
        .hasMessageContaining("memory for leases is full")
        .hasMessageContaining("LEASE_MEMORY_MIB");
  }

  @Test
  void whatAStoreCannotReadIsToldAsItIs() {
    var cause = new IOException("segment 7 is damaged");

    assertThat(memory.failure(cause, 0)).isSameAs(cause);
  }

  @Test
  void nothingIsFullAtTheBeginning() {
    assertThat(memory.alarms()).isEmpty();
    assertThat(memory.counters()).containsEntry("lease-memory-refused", 0L);
    assertThat(memory.use()).isEqualTo("0 MiB");
  }
}
