// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.lease.Governance;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.plan.Link;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.Request;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of one lane as far as they are governed. Owner: the lane's thread. */
public final class GovernedLinks {
  static final GovernedLinks NONE = new GovernedLinks(Territory.NONE, new LeaseTable(), Map.of());

  private static final Logger LOG = LoggerFactory.getLogger(GovernedLinks.class);

  private final Territory territory;
  private final LeaseTable table;
  private final Map<Link, LinkLeases> links = new IdentityHashMap<>();

  GovernedLinks(Territory territory, LeaseTable table, Map<Link, LinkLeases> all) {
    this.territory = territory;
    this.table = table;
    all.forEach(
        (link, leases) -> {
          if (leases.governanceOrNull() != null) {
            links.put(link, leases);
          }
        });
  }

  /** Whether a request is answered at all; begins it. One that is not is counted. */
  static boolean serves(Governance governance, Request request, Counters counters) {
    governance.look();
    boolean served =
        switch (governance.service()) {
          case NONE -> false;
          case RECORDED -> request.isForThisServer() && request.renews();
          case OWN -> request.isForThisServer();
          case ALL -> true;
        };
    if (!served) {
      PacketCounter why =
          governance.isClosed() ? PacketCounter.NO_GOVERNOR : PacketCounter.GOVERNED;
      String counter = why.of(request.family());
      counters.count(counter);
      request.explanation().dropped(counter, "failover says who answers this client now");
    }
    return served;
  }

  /**
   * What edits came to.
   *
   * @param turn the changes
   * @param outcomes what became of each edit, in their order
   */
  public record Edited(Turn turn, List<Outcome> outcomes) {}

  /**
   * Changes leases as their governor wants it.
   *
   * @param now seconds since 1970
   */
  public Edited edit(String governor, List<Edit> edits, long now) {
    Turn turn = new Turn();
    List<Outcome> outcomes = new ArrayList<>(edits.size());
    for (Edit edit : edits) {
      Place place = territory.find(governor, edit.key());
      LinkLeases link = place == null ? null : links.get(place.link());
      outcomes.add(link == null ? Outcome.FOREIGN : edit(link, place, edit, now, turn));
    }
    return new Edited(turn, outcomes);
  }

  private Outcome edit(LinkLeases link, Place place, Edit edit, long now, Turn turn) {
    LeaseKey key = edit.key();
    Optional<Lease> present = Optional.ofNullable(table.find(key));
    try {
      Optional<Lease> after =
          edit.rule().apply(present, now).map(lease -> in(place.subnet().id(), key, lease));
      if (after.equals(present)) {
        return Outcome.KEPT;
      }
      link.begin();
      turn.add(List.of(after.isPresent() ? link.commit(after.get()) : link.forget(key)));
      return Outcome.CHANGED;
    } catch (RuntimeException e) {
      LOG.warn("a governor's rule for {} failed, the lease stays as it is", key, e);
      return Outcome.FAILED;
    }
  }

  /** A governor knows no subnets. */
  private static Lease in(long subnetId, LeaseKey key, Lease lease) {
    if (!lease.key().equals(key)) {
      throw new IllegalArgumentException("a lease of " + lease.key());
    }
    return lease.subnetId() == subnetId
        ? lease
        : new Lease(
            key,
            subnetId,
            lease.client(),
            lease.iaid(),
            lease.state(),
            lease.times(),
            lease.details());
  }

  /**
   * Leases of a governor in the order of their keys, after {@code after} (null: from the first).
   * Looks at a bounded number of leases.
   */
  public LeasePage list(String governor, LeaseKey after, int limit) {
    return LeasePage.of(table, lease -> contains(governor, lease), after, limit);
  }

  private boolean contains(String governor, Lease lease) {
    Place place = territory.find(governor, lease.key());
    return place != null && links.containsKey(place.link());
  }

  /** Tells governors what of theirs became durable. */
  public void committed(List<LeaseChange> changes) {
    if (links.isEmpty()) {
      return;
    }
    Map<LeaseGovernor, List<LeaseChange>> byGovernor = new IdentityHashMap<>(2);
    for (LeaseChange change : changes) {
      Place place = territory.find(change.key());
      LinkLeases link = place == null ? null : links.get(place.link());
      LeaseGovernor governor = link == null ? null : link.governanceOrNull().governorOrNull();
      if (governor != null) {
        byGovernor.computeIfAbsent(governor, one -> new ArrayList<>()).add(change);
      }
    }
    byGovernor.forEach(GovernedLinks::tell);
  }

  private static void tell(LeaseGovernor governor, List<LeaseChange> changes) {
    try {
      governor.committed(List.copyOf(changes));
    } catch (RuntimeException e) {
      LOG.warn("{} could not be told of {} leases", governor.name(), changes.size(), e);
    }
  }
}
