// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows messages to the interceptors in turn. Any thread.
 *
 * @param <M> messages of a protocol
 */
public final class Interceptors<M> {
  private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

  /** The method of an interceptor that takes messages of a protocol. */
  @FunctionalInterface
  public interface Call<M> {
    /** Calls it. */
    Optional<M> message(PacketInterceptor hook, Moment moment, M message, PacketContext context);
  }

  private final List<PacketInterceptor> hooks;
  private final Counters counters;
  private final Call<M> call;

  /**
   * Shows messages to interceptors.
   *
   * @param call what to call of each
   */
  public Interceptors(Observers observers, Call<M> call) {
    this.hooks = observers.hooks();
    this.counters = observers.counters();
    this.call = call;
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
    PacketContext context = new PacketContext(arrival.interfaceName(), arrival.remote(), relays);
    M current = message;
    for (PacketInterceptor hook : hooks) {
      Optional<M> seen = ask(hook, moment, current, context);
      if (seen.isEmpty()) {
        return null;
      }
      current = seen.get();
    }
    return current;
  }

  private Optional<M> ask(PacketInterceptor hook, Moment moment, M message, PacketContext context) {
    try {
      Optional<M> seen = call.message(hook, moment, message, context);
      if (seen != null) {
        return seen;
      }
      LOG.debug("interceptor {} answered null at {}", hook.name(), moment);
    } catch (RuntimeException e) {
      LOG.debug("interceptor {} failed at {}", hook.name(), moment, e);
    }
    counters.count(ServerCounter.INTERCEPTOR_FAILED.word());
    return Optional.of(message);
  }
}
