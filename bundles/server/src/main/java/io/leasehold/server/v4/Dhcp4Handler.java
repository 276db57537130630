// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Encoded;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.server.v4.intake.Drop;
import io.leasehold.server.v4.intake.MessageCounters;
import io.leasehold.transport.Destination;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests. Keeps nothing between them: one object may serve several lanes, each of which
 * hands in its own leases on its own thread.
 */
public final class Dhcp4Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Dhcp4Handler.class);

  /**
   * What an Ethernet frame holds without headers: a client without an address gets no fragments.
   */
  private static final int MOST_OCTETS = 1472;

  private final Conversations conversations;
  private final Interceptors<Dhcp4Message> interceptors;
  private final PacketGuard guard;
  private final Counters counters;

  /**
   * Takes in a plan.
   *
   * @param observers who is told of packets
   */
  public Dhcp4Handler(FamilyPlan plan, Observers observers) {
    this.conversations = new Conversations(plan);
    this.interceptors = new Interceptors<>(observers, PacketInterceptor::message);
    this.guard = MessageCounters.guard(observers);
    this.counters = observers.counters();
  }

  /**
   * Answers a request and changes leases accordingly. Never throws; after an error in this program
   * no lease has changed.
   *
   * @param leasesOrNull the leases of the client's link; null if the plan does not know the link
   * @param now seconds since 1970
   */
  public Outcome answer(Dhcp4Request request, LinkLeases leasesOrNull, long now) {
    return guard.answer(
        request,
        () -> {
          Exchange exchange = new Exchange(request, leasesOrNull, now);
          Draft draft = conversations.hold(exchange);
          if (draft.drop() != null) {
            return silence(request, draft.drop());
          }
          return draft.reply() == null
              ? new Outcome(null, null, exchange.commit(), "")
              : send(exchange, draft);
        });
  }

  private Outcome send(Exchange exchange, Draft draft) {
    Dhcp4Request request = exchange.request();
    Dhcp4Message reply =
        interceptors.show(Moment.SENDING, draft.reply(), request.arrival(), List.of());
    if (reply == null) {
      return silence(request, Drop.INTERCEPTOR);
    }
    Destination back = ReturnPath.of(request, reply);
    if (back == null) {
      return silence(request, Drop.NO_RETURN_ADDRESS);
    }
    Encoded encoded = encode(request.message(), reply);
    if (!encoded.leftOut().isEmpty()) {
      counters.add(MessageCounters.OPTIONS_LEFT_OUT, encoded.leftOut().size());
      LOG.debug("a message has no room for options {}", encoded.leftOut());
    }
    guard.answered(request, reply);
    return new Outcome(
        encoded.datagram(), back, exchange.commit(), draft.counter(), exchange.probeOrNull());
  }

  private static Encoded encode(Dhcp4Message query, Dhcp4Message reply) {
    return query.isBootp()
        ? BootpPacking.encode(query, reply, MOST_OCTETS)
        : reply.encode(Math.min(query.maxReplyLength(), MOST_OCTETS));
  }

  private Outcome silence(Dhcp4Request request, Drop why) {
    return guard.silence(why, request);
  }
}
