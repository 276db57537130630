// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.probe.AddressProbe;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.ProbeWish;
import io.leasehold.server.v4.intake.Drop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How a probe is asked, also one that is not there or misbehaves. */
class ProberTest {
  private static final ProbeWish WISH =
      new ProbeWish(
          LeaseKey.address(Family.IPV4, Ipv6.ofText("::ffff:192.0.2.9")),
          1,
          3,
          Duration.ofMillis(7),
          Drop.NO_ADDRESS);

  private final Counters counters = new Counters();
  private final List<String> asked = new ArrayList<>();
  private final List<Boolean> verdicts = new ArrayList<>();

  private final class Answering implements AddressProbe {
    private final Supplier<CompletionStage<Boolean>> answer;

    Answering(Supplier<CompletionStage<Boolean>> answer) {
      this.answer = answer;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public CompletionStage<Boolean> isInUse(Ipv6 address, Duration patience) {
      asked.add(address + " " + patience.toMillis());
      return answer.get();
    }

    @Override
    public List<String> alarms() {
      return List.of();
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }
  }

  private void ask(Supplier<CompletionStage<Boolean>> answer) {
    AddressProbe probe = answer == null ? null : new Answering(answer);
    new Prober(() -> probe, counters).ask(WISH, verdicts::add);
  }

  @Test
  void anAddressIsAskedUntilItAnswersOrCountsAsFree() {
    ask(() -> CompletableFuture.completedFuture(false));
    assertThat(asked).hasSize(3).containsOnly("192.0.2.9 7");
    ask(() -> CompletableFuture.completedFuture(true));
    assertThat(asked).hasSize(4);

    assertThat(verdicts).containsExactly(false, true);
    assertThat(counters.snapshot()).containsEntry("pkt4-ping-checked", 2L);
  }

  @Test
  void withoutAProbeOffersGoOutAndAreCounted() {
    ask(null);

    assertThat(verdicts).containsExactly(false);
    assertThat(counters.snapshot()).containsEntry("pkt4-ping-left-out", 1L);
  }

  @Test
  void aProbeThatMisbehavesHasSeenNobody() {
    ask(() -> CompletableFuture.failedFuture(new IllegalStateException("of a test")));
    ask(() -> CompletableFuture.completedFuture(null));
    ask(() -> null);

    assertThat(verdicts).containsExactly(false, false, false);
  }
}
