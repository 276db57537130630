// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.hook.LeaseVerdict;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.server.Decision.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows messages and leases to the interceptors in turn. Any thread.
 *
 * @param <M> messages of a protocol
 */
public final class Interceptors<M> {
  /** The methods of an interceptor that take messages of a protocol. */
  public interface Calls<M> {
    /** Calls it at {@link Moment#RECEIVED} or {@link Moment#SENDING}. */
    Optional<M> message(PacketInterceptor hook, Moment moment, M message, PacketContext context);

    /** Calls it at {@link Moment#SELECTED}. */
    LeaseVerdict selected(
        PacketInterceptor hook, SelectedLease lease, M message, PacketContext context);

    /** Calls it at {@link Moment#COMMITTED}. */
    void committed(
        PacketInterceptor hook, List<LeaseChange> changes, M message, PacketContext context);
  }

  private final List<Hook> hooks;
  private final Calls<M> calls;

  /**
   * Shows messages to interceptors.
   *
   * @param calls what to call of each
   */
  public Interceptors(Observers observers, Calls<M> calls) {
    this.hooks = observers.hooks();
    this.calls = calls;
  }

  /**
   * The message as the interceptors leave it; null if one of them drops it.
   *
   * @param relays DHCPv6 messages around it, outermost first
   */
  public M show(Moment moment, M message, Arrival arrival, List<RelayMessage> relays) {
    if (hooks.isEmpty()) {
      return message;
    }
    PacketContext context = context(arrival, relays);
    M current = message;
    for (Hook hook : hooks) {
      M before = current;
      Optional<M> seen =
          hook.ask(
              () -> calls.message(hook.interceptor(), moment, before, context),
              Optional.of(before));
      if (seen.isEmpty()) {
        tell(arrival, hook, "drops", moment);
        return null;
      }
      current = seen.get();
      if (!current.equals(before)) {
        tell(arrival, hook, "changes", moment);
      }
    }
    return current;
  }

  /** Whether there is anybody to ask. */
  public boolean areThere() {
    return !hooks.isEmpty();
  }

  /**
   * Whether a client may have a lease.
   *
   * @param message what the client said
   * @param relays DHCPv6 messages around it, outermost first
   */
  public boolean grants(
      SelectedLease lease, M message, Arrival arrival, List<RelayMessage> relays) {
    if (hooks.isEmpty()) {
      return true;
    }
    PacketContext context = context(arrival, relays);
    for (Hook hook : hooks) {
      LeaseVerdict verdict =
          hook.ask(
              () -> calls.selected(hook.interceptor(), lease, message, context),
              LeaseVerdict.GRANT);
      if (verdict == LeaseVerdict.REFUSE) {
        tell(arrival, hook, "refuses " + lease.key(), Moment.SELECTED);
        return false;
      }
    }
    return true;
  }

  /**
   * Tells them what has changed, when that is durable; null if there is nobody to tell.
   *
   * @param message what the client said
   * @param relays DHCPv6 messages around it, outermost first
   */
  public Runnable committed(
      List<LeaseChange> changes, M message, Arrival arrival, List<RelayMessage> relays) {
    if (hooks.isEmpty() || changes.isEmpty()) {
      return null;
    }
    PacketContext context = context(arrival, relays);
    return () ->
        hooks.forEach(
            hook ->
                hook.ask(
                    () -> {
                      calls.committed(hook.interceptor(), changes, message, context);
                      return true;
                    },
                    true));
  }

  private static PacketContext context(Arrival arrival, List<RelayMessage> relays) {
    boolean trial = arrival.explanation().isTrial();
    return new PacketContext(arrival.interfaceName(), arrival.remote(), relays, trial);
  }

  private static void tell(Arrival arrival, Hook hook, String what, Moment moment) {
    if (arrival.explanation().isOn()) {
      String when = "at " + moment.name().toLowerCase(Locale.ROOT);
      arrival.explanation().step(Topic.INTERCEPTOR, hook.name() + " " + what, when);
    }
  }
}
