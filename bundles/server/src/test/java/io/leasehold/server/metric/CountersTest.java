// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.MalformedReason;
import io.leasehold.server.v6.intake.Drop;
import io.leasehold.server.v6.intake.MessageCounters;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountersTest {
  @Test
  void whatIsDeclaredIsThereBeforeItCountsAndKeepsWhatItCounted() {
    Counters counters = new Counters();
    counters.count("a");
    counters.declare(Stream.of("a", "b"));
    assertThat(counters.snapshot()).isEqualTo(Map.of("a", 1L, "b", 0L));
  }

  @Test
  void everyReasonToDropAPacketIsDeclared() {
    Counters counters = new Counters();
    counters.declare(MessageCounters.names());
    for (Drop drop : Drop.values()) {
      assertThat(counters.snapshot()).containsEntry(drop.counter(), 0L);
    }
    assertThat(counters.snapshot())
        .containsKeys("pkt6-drop-store-unavailable", "pkt6-solicit-received", "pkt6-reply-sent")
        .hasSizeGreaterThan(Drop.values().length + MalformedReason.values().length);
    assertThat(counters.snapshot().values()).containsOnly(0L);
  }
}
