// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.probe.AddressProbe;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ProbeCounter;
import io.leasehold.server.protocol.ProbeWish;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the questions of the lanes to whatever probe there is. Any thread; does not block. */
final class Prober {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  private final Supplier<AddressProbe> service;
  private final Counters counters;

  /**
   * Asks this.
   *
   * @param service the probe, null if there is none
   */
  Prober(Supplier<AddressProbe> service, Counters counters) {
    this.service = service;
    this.counters = counters;
  }

  /** What keeps addresses from being probed under a plan that wants it; the regime may be null. */
  List<String> alarms(Regime regime) {
    if (regime == null || !regime.plan().v4().settings().pingCheck().enabled()) {
      return List.of();
    }
    AddressProbe probe = service.get();
    return probe == null
        ? List.of("addresses are offered without ping check: leasehold-probe-icmp is not installed")
        : probe.alarms();
  }

  /** What the probe has counted. */
  Map<String, Long> counters() {
    AddressProbe probe = service.get();
    return probe == null ? Map.of() : probe.counters();
  }

  /**
   * Finds out whether somebody uses an address; without a probe nobody does.
   *
   * @param verdict is told, on any thread, also on this one
   */
  void ask(ProbeWish wish, Consumer<Boolean> verdict) {
    AddressProbe probe = service.get();
    if (probe == null) {
      counters.count(ProbeCounter.LEFT_OUT.word());
      verdict.accept(false);
      return;
    }
    counters.count(ProbeCounter.CHECKED.word());
    ask(probe, wish, wish.requests())
        .whenComplete((inUse, failure) -> verdict.accept(Boolean.TRUE.equals(inUse)));
  }

  private static CompletionStage<Boolean> ask(AddressProbe probe, ProbeWish wish, int requests) {
    try {
      return probe
          .isInUse(wish.key().address(), wish.patience())
          .thenCompose(
              inUse ->
                  inUse || requests == 1
                      ? CompletableFuture.completedFuture(inUse)
                      : ask(probe, wish, requests - 1));
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be probed", wish.key(), e); // A faulty bundle must not end a lane.
      return CompletableFuture.completedFuture(false);
    }
  }
}
