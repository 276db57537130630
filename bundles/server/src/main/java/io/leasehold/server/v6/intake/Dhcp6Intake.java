// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.hook.Moment;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Calls6;
import io.leasehold.server.protocol.ClassReasons;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.RelayRefusal;
import java.util.List;
import java.util.Set;

/**
 * Makes requests out of datagrams, or drops them and counts why. Has no state beside the plan; any
 * thread.
 */
public final class Dhcp6Intake {
  /** Codes of an Option Request that are looked at; nobody defines that many options. */
  static final int MAX_REQUESTED = 256;

  private final MessageRules rules;
  private final LinkFinder links;
  private final ClientClasses classes;
  private final Reservations global;
  private final FlexId flexIdOrNull;
  private final ClientRecognition recognition;
  private final Interceptors<ClientServerMessage> interceptors;
  private final Set<Integer> suppliable;
  private final PacketGuard guard;
  private final Counters counters;

  /**
   * Takes in a plan.
   *
   * @param serverId the server's DUID
   * @param observers who is told of packets
   */
  public Dhcp6Intake(ServerPlan plan, Duid serverId, Observers observers) {
    this.rules = new MessageRules(serverId.value());
    this.links = new LinkFinder(plan.v6());
    this.classes = plan.v6().classes();
    this.global = plan.v6().globalReservations();
    this.flexIdOrNull = plan.v6().settings().flexId().orElse(null);
    this.recognition = new ClientRecognition(plan.v6().lookups(), flexIdOrNull);
    this.interceptors = new Interceptors<>(observers, Calls6.INSTANCE);
    this.suppliable = plan.v6().settings().relaySuppliedOptions();
    this.guard = MessageCounters.guard(observers);
    this.counters = observers.counters();
  }

  /** The request in a datagram; null if it was dropped, which is counted. Never throws. */
  public Dhcp6Request accept(Bytes datagram, Arrival arrival) {
    return guard.receive(datagram, arrival, () -> read(datagram, arrival));
  }

  private Dhcp6Request read(Bytes datagram, Arrival arrival) {
    RelayChain chain = RelayChain.decode(datagram);
    guard.countMessage(chain.message().type());
    if (arrival.explanation().isOn()) {
      arrival.explanation().message(Telling.message(chain, arrival));
    }
    if (chain.isRelayed() && chain.innermostRelay().isReply()) {
      return guard.drop(Drop.MESSAGE_TYPE, chain.message(), arrival); // RFC 8415 section 16.14
    }
    // RFC 8415 sections 16 and 18.4; RFC 9915 leaves no unicast from clients at all.
    if (!chain.isRelayed() && !arrival.local().isMulticast()) {
      return guard.drop(Drop.UNICAST, chain.message(), arrival);
    }
    ClassSet members = classes(chain, arrival, datagram.length());
    if (classes.drops(members)) {
      return guard.drop(Drop.CLASS, chain.message(), arrival);
    }
    Place place = links.find(arrival, chain.relays(), members);
    RelayRefusal refusal = refusal(arrival, chain, place);
    if (refusal != null) {
      return guard.drop(refusal.of(Family.IPV6), chain.message(), arrival);
    }
    ClientServerMessage message =
        interceptors.show(Moment.RECEIVED, chain.message(), arrival, chain.relays());
    if (message == null) {
      return guard.drop(Drop.INTERCEPTOR, chain.message(), arrival);
    }
    Drop objection = rules.objection(message);
    return objection == null
        ? request(
            new PacketFacts6(message, chain.relays(), arrival, datagram.length(), members),
            place,
            members)
        : guard.drop(objection, message, arrival);
  }

  /** What the plan makes of a client before anything but its message is known. */
  private ClassSet classes(RelayChain chain, Arrival arrival, int length) {
    ClassSet members = classes.nobody();
    if (!classes.isEmpty()) {
      PacketFacts6 facts =
          new PacketFacts6(chain.message(), chain.relays(), arrival, length, members);
      classes.receive(members, facts, VendorName.of(chain.message()), false);
      List<Integer> reserved =
          classes.isLookedUpFirst()
              ? classes.lookUpFirst(
                  members, facts, global, recognition.recognise(facts).identifiers())
              : List.of();
      ClassReasons.tell(arrival.explanation(), classes, members, 0, reserved);
      if (members.hasFailed()) {
        counters.count(MessageCounters.EXPRESSION_FAILED);
      }
    }
    return members;
  }

  private static RelayRefusal refusal(Arrival arrival, RelayChain chain, Place placeOrNull) {
    return chain.isRelayed()
        ? arrival.right().refusal(arrival, LinkFinder.linkAddress(chain.relays()), placeOrNull)
        : null;
  }

  private Dhcp6Request request(PacketFacts6 facts, Place placeOrNull, ClassSet members) {
    ClientServerMessage message = facts.message();
    List<IdentityAssociation> associations = AssociationReader.read(message.options());
    boolean alike = flexIdOrNull != null && flexIdOrNull.ignoresIaid();
    Client client = recognition.recognise(facts);
    if (facts.arrival().explanation().isOn()) {
      Telling.client(facts.arrival().explanation(), client);
    }
    return new Dhcp6Request(
        facts.arrival(),
        facts.relays(),
        message,
        client,
        placeOrNull,
        alike ? AssociationReader.withoutNumbers(associations) : associations,
        requested(message),
        RelaySuppliedOptions.read(facts.relays(), suppliable),
        facts.length(),
        members);
  }

  private static OptionRequest requested(ClientServerMessage message) {
    OptionRequest all = message.options().first(Dhcp6Options.ORO).orElse(OptionRequest.EMPTY);
    return all.size() <= MAX_REQUESTED
        ? all
        : new OptionRequest(all.codes().slice(0, 2 * MAX_REQUESTED));
  }
}
