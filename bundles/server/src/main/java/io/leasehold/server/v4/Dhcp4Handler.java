// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Encoded;
import io.leasehold.hook.Moment;
import io.leasehold.lease.LeaseChange;
import io.leasehold.server.answer.Classification;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.protocol.Calls4;
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

  private final FamilyPlan plan;
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
    this.plan = plan;
    this.interceptors = new Interceptors<>(observers, Calls4.INSTANCE);
    this.conversations = new Conversations(plan, interceptors);
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
          Classification classification = exchange.classify(plan);
          if (classification.hasFailed(request)) {
            counters.count(MessageCounters.EXPRESSION_FAILED);
          }
          if (classification.drops()) {
            return silence(request, Drop.CLASS);
          }
          Draft draft = conversations.hold(exchange);
          if (draft.drop() != null) {
            return silence(request, draft.drop());
          }
          return draft.reply() == null ? heed(exchange) : send(exchange, draft);
        });
  }

  private Outcome heed(Exchange exchange) {
    List<LeaseChange> changes = exchange.commit();
    exchange.request().explanation().heeded("the lease is over, or out of use");
    return new Outcome(null, null, changes, "", null, afterwards(exchange, changes));
  }

  private Runnable afterwards(Exchange exchange, List<LeaseChange> changes) {
    Dhcp4Request request = exchange.request();
    return interceptors.committed(changes, request.message(), request.arrival(), List.of());
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
    List<LeaseChange> changes = exchange.commit();
    Outcome outcome =
        new Outcome(
            encoded.datagram(),
            back,
            changes,
            draft.counter(),
            exchange.probeOrNull(),
            afterwards(exchange, changes));
    if (request.explanation().isOn()) {
      Telling.answered(request, draft.reply(), reply, encoded.leftOut(), outcome);
    }
    return outcome;
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
