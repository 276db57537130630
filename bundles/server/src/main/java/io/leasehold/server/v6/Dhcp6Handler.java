// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.Moment;
import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.answer.Classification;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Calls6;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.server.v6.intake.Drop;
import io.leasehold.server.v6.intake.MessageCounters;
import io.leasehold.transport.Destination;
import java.util.List;

/**
 * Answers requests. Keeps nothing between them: one object may serve several lanes, each of which
 * hands in its own leases on its own thread.
 */
public final class Dhcp6Handler {
  private final FamilyPlan plan;
  private final Conversations conversations;
  private final Interceptors<ClientServerMessage> interceptors;
  private final PacketGuard guard;
  private final Counters counters;

  /**
   * Takes in a plan.
   *
   * @param serverId the server's DUID
   * @param observers who is told of packets
   */
  public Dhcp6Handler(ServerPlan plan, Duid serverId, Observers observers) {
    this.plan = plan.v6();
    this.interceptors = new Interceptors<>(observers, Calls6.INSTANCE);
    this.conversations = new Conversations(plan.v6(), serverId, new Selection(interceptors));
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
  public Outcome answer(Dhcp6Request request, LinkLeases leasesOrNull, long now) {
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
          return draft.isReply() ? send(exchange, draft) : silence(request, draft.drop());
        });
  }

  private Outcome send(Exchange exchange, Draft draft) {
    Dhcp6Request request = exchange.request();
    ClientServerMessage reply =
        interceptors.show(Moment.SENDING, draft.reply(), request.arrival(), request.relays());
    if (reply == null) {
      return silence(request, Drop.INTERCEPTOR);
    }
    Bytes datagram = RelayPath.wrap(reply, request.relays());
    if (datagram == null) {
      return silence(request, Drop.REPLY_TOO_LONG);
    }
    List<LeaseChange> changes = exchange.commit();
    guard.answered(request, reply);
    Destination back =
        Destination.of(
            request.arrival().remote(), RelayPath.port(request.arrival(), request.relays()));
    Runnable afterwards =
        interceptors.committed(changes, request.message(), request.arrival(), request.relays());
    Outcome outcome = new Outcome(datagram, back, changes, draft.counter(), null, afterwards);
    if (request.explanation().isOn()) {
      Telling.answered(request, draft.reply(), reply, outcome);
    }
    return outcome;
  }

  private Outcome silence(Dhcp6Request request, Drop why) {
    return guard.silence(why, request);
  }
}
