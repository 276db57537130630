// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.ClassReasons;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The classes of one client while it is answered, from its reservations to its leases, and what
 * they dictate. Owned by the lane.
 */
public final class Classification {
  /** In a plan without classes. */
  static final Classification NONE =
      new Classification(ClientClasses.NONE, ClassSet.NONE, null, Explanation.NONE);

  private final ClientClasses plan;
  private final ClassSet members;
  private final PacketFacts factsOrNull;
  private final Explanation told;

  private Classification(
      ClientClasses plan, ClassSet members, PacketFacts factsOrNull, Explanation told) {
    this.told = told;
    this.plan = plan;
    this.members = members;
    this.factsOrNull = factsOrNull;
  }

  /**
   * Goes on from what the message alone has told.
   *
   * @param reserved what is reserved for the client
   * @param global the reservations that hold in several subnets
   */
  static Classification of(
      ClientClasses plan, Request request, ReservedLeases reserved, Reservations global) {
    if (plan.isEmpty()) {
      return NONE;
    }
    ClassSet members = request.classes().copy();
    PacketFacts facts = request.facts(members);
    Place place = request.placeOrNull();
    int known = members.size();
    Reservation host = place == null ? null : reserved.in(place.subnet());
    if (host != null && !host.classes().isEmpty() && isSettled(place.link(), host, global)) {
      plan.reserve(members, facts, host.classes());
      known = 0;
    }
    plan.recognise(members, facts, !reserved.isEmpty());
    ClassReasons.tell(request.explanation(), plan, members, known, classes(host));
    return new Classification(plan, members, facts, request.explanation());
  }

  /**
   * Whether the subnet whose reservation it is will be the client's: where there are several, only
   * a lease tells, as in Kea.
   */
  private static boolean isSettled(Link link, Reservation host, Reservations global) {
    return !link.shared() || global.of(host.identifier()).orElse(null) == host;
  }

  /** Whether the plan has no classes. */
  public boolean isEmpty() {
    return plan.isEmpty();
  }

  /** The client's classes. */
  public ClassSet members() {
    return members;
  }

  /** The names of the client's classes, in the order in which they count. */
  public List<String> names() {
    return plan.names(members);
  }

  /** Whether the client gets no answer. */
  public boolean drops() {
    return plan.drops(members);
  }

  /** Whether an expression could not be evaluated since the message was received. */
  public boolean hasFailed(Request request) {
    return members.hasFailed() && !request.classes().hasFailed();
  }

  /**
   * Takes note of what the client gets, which may have more classes looked at.
   *
   * @param subnet that serves it
   * @param choices its leases
   */
  void settle(Link link, Subnet subnet, ReservedLeases reserved, List<Choice> choices) {
    if (plan.isEmpty()) {
      return;
    }
    int known = members.size();
    Reservation host = reserved.in(subnet);
    if (host != null) {
      plan.join(members, host.classes());
    }
    plan.add(members, factsOrNull, additional(link, subnet, choices));
    ClassReasons.tell(told, plan, members, known, classes(host));
  }

  private static List<Integer> classes(Reservation hostOrNull) {
    return hostOrNull == null ? List.of() : hostOrNull.classes();
  }

  /** Kea 2 begins with the shared network, Kea 3 with the pools. */
  private List<Integer> additional(Link link, Subnet subnet, List<Choice> choices) {
    List<List<Integer>> levels = new ArrayList<>(3);
    for (Choice choice : choices) {
      levels.add(choice.additional());
    }
    int outer = plan.isByOlderWords() ? 0 : levels.size();
    levels.add(outer, subnet.classes().additional());
    levels.add(plan.isByOlderWords() ? 0 : levels.size(), link.classes().additional());
    Set<Integer> all = new LinkedHashSet<>();
    levels.forEach(all::addAll);
    return List.copyOf(all);
  }

  /**
   * The bounds of the valid lifetime: those of the first class that has some, else the subnet's.
   */
  public Range valid(Range subnet) {
    return first(one -> one.lifetimes().valid().orElse(null), subnet);
  }

  /** The bounds of the preferred lifetime. */
  public Range preferred(Range subnet) {
    return first(one -> one.lifetimes().preferred().orElse(null), subnet);
  }

  /** For how many seconds an offered address is kept. */
  public long offerSeconds(long subnet) {
    OptionalLong none = OptionalLong.empty();
    return first(
            one ->
                one.lifetimes().offerSeconds().isPresent() ? one.lifetimes().offerSeconds() : null,
            none)
        .orElse(subnet);
  }

  private <T> T first(Function<ClientClass, T> what, T otherwise) {
    for (int i = 0; i < members.size(); i++) {
      ClientClass one = plan.definition(members.number(i));
      T value = one == null ? null : what.apply(one);
      if (value != null) {
        return value;
      }
    }
    return otherwise;
  }

  /** What the client boots: each field of the first class that has it, else the subnet's. */
  public BootFields boot(BootFields subnet) {
    BootFields fields = BootFields.NONE;
    for (int i = 0; i < members.size(); i++) {
      ClientClass one = plan.definition(members.number(i));
      if (one != null && one.boot() != BootFields.NONE) {
        fields = fields.over(one.boot());
      }
    }
    return fields.over(subnet);
  }
}
