// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import io.leasehold.server.protocol.Arrival;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows messages to the interceptors in turn. Any thread. */
public final class Interceptors {
  private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

  private final List<PacketInterceptor> hooks;
  private final Counters counters;

  public Interceptors(List<PacketInterceptor> hooks, Counters counters) {
    this.hooks = List.copyOf(hooks);
    this.counters = counters;
  }

  /** The message as the interceptors leave it; null if one of them drops it. */
  public ClientServerMessage show(
      Moment moment, ClientServerMessage message, Arrival arrival, List<RelayMessage> relays) {
    if (hooks.isEmpty()) {
      return message;
    }
    PacketContext context = new PacketContext(arrival.interfaceName(), arrival.remote(), relays);
    ClientServerMessage current = message;
    for (PacketInterceptor hook : hooks) {
      Optional<ClientServerMessage> seen = ask(hook, moment, current, context);
      if (seen.isEmpty()) {
        return null;
      }
      current = seen.get();
    }
    return current;
  }

  private Optional<ClientServerMessage> ask(
      PacketInterceptor hook, Moment moment, ClientServerMessage message, PacketContext context) {
    try {
      Optional<ClientServerMessage> seen = hook.message(moment, message, context);
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
