// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.metric.Counters;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How the interceptors that are there do, whatever plan is in force. Any thread.
 *
 * <p>Who is registered anew begins anew.
 */
public final class HookBook {
  private final Patience patience;
  private final LongSupplier nanos;
  private final Counters counters;
  private Map<PacketInterceptor, Hook> known = new IdentityHashMap<>();
  private List<Hook> inUse = List.of();

  /**
   * An empty one.
   *
   * @param patience with each of them
   * @param nanos a clock that never goes back
   */
  public HookBook(Patience patience, LongSupplier nanos, Counters counters) {
    this.patience = patience;
    this.nanos = nanos;
    this.counters = counters;
  }

  /** Knows these from now on, in their order, and no others. */
  public synchronized List<Hook> use(List<PacketInterceptor> interceptors) {
    Map<PacketInterceptor, Hook> next = new IdentityHashMap<>();
    inUse =
        interceptors.stream()
            .map(
                each ->
                    next.computeIfAbsent(
                        each,
                        one ->
                            known.containsKey(one)
                                ? known.get(one)
                                : new Hook(one, patience, nanos, counters)))
            .toList();
    known = next;
    return inUse;
  }

  /** Those in use, in their order. */
  public synchronized List<Hook> inUse() {
    return inUse;
  }

  /** Those that are asked, for a trial: how they do in it is kept by nobody. */
  public List<Hook> onTrial() {
    Counters nobody = new Counters();
    return inUse().stream()
        .filter(hook -> hook.disabled().isEmpty())
        .map(hook -> new Hook(hook.interceptor(), patience, nanos, nobody))
        .toList();
  }

  /** Asks one again that was disabled; false if there is none with the name. */
  public boolean enable(String name) {
    List<Hook> named = inUse().stream().filter(hook -> hook.name().equals(name)).toList();
    named.forEach(Hook::enable);
    return !named.isEmpty();
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    return inUse().stream().map(Hook::alarm).filter(alarm -> !alarm.isEmpty()).toList();
  }
}
