// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.endpoint.EndpointRecord.Dhcp4;
import io.leasehold.failover.pool.ServiceRules;
import io.leasehold.lease.LeaseKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether leases of DHCPv4 are of the relationship, which both must offer on each connection. While
 * they are, they go the way of all leases. A partner that is there without them serves their
 * clients or does not, nobody knows: then this server does not, and when they are offered again not
 * before the partner has told what it has. In PARTNER-DOWN there is nobody to agree with.
 *
 * <p>Owner: the endpoint's thread.
 */
final class Dhcp4Leases {
  private static final long RETRY_SECONDS = 5;

  private final Relationship its;
  private final Supplier<List<Pool>> pools;
  private Optional<Session> session = Optional.empty();
  private boolean hasPools;
  private boolean wasServing;
  private boolean isAsked;
  private boolean isLearned;
  private boolean isStoring;
  private long storeAt = Moment.NEVER;

  /**
   * Of a relationship.
   *
   * @param pools all that there are, by the plan in force
   */
  Dhcp4Leases(Relationship relationship, Supplier<List<Pool>> pools) {
    this.its = relationship;
    this.pools = pools;
  }

  /** The pools that are of the relationship now. */
  List<Pool> sharedPools() {
    List<Pool> all = pools.get();
    return its.facts().servesDhcp4() ? all : all.stream().filter(pool -> !isDhcp4(pool)).toList();
  }

  private static boolean isDhcp4(Pool pool) {
    return pool.first().kind() == LeaseKind.IPV4;
  }

  void onPlanChanged() {
    hasPools = pools.get().stream().anyMatch(Dhcp4Leases::isDhcp4);
  }

  /** Both have said CONNECT. */
  void onUp(Session opened) {
    forget();
    session = Optional.of(opened);
    its.views.dhcp6Only(!opened.tellsDhcp4());
    its.views.publish(its.facts());
  }

  void onDown() {
    forget();
    its.views.dhcp6Only(false);
  }

  private void forget() {
    session = Optional.empty();
    isAsked = false;
    isLearned = false;
  }

  /**
   * All that the partner was asked for is durable. Who has been apart lacks what the partner has
   * not told; who is new gets everything, whatever it asks for. Otherwise a request counts that was
   * made for this.
   */
  void learned() {
    EndpointRecord stored = its.notes.durable();
    isLearned =
        isTold() && (isAsked || stored.dhcp4() == Dhcp4.APART || !stored.past().hasCommunicated());
  }

  private boolean isTold() {
    return session.filter(Session::tellsDhcp4).isPresent();
  }

  /** Does what is to be done in the state that the relationship is in. */
  void perform(Moment now) {
    ServerState state = its.state();
    Dhcp4 stored = its.notes.durable().dhcp4();
    // What another state asks for may be less, and answers this, too.
    isAsked &= state == ServerState.NORMAL;
    if (stored == Dhcp4.SHARED) {
      // One that has taken over goes on when the partner is gone again.
      if (session.isPresent() && !isTold() && state != ServerState.PARTNER_DOWN) {
        store(Dhcp4.APART, now);
      }
    } else if (isLearned) {
      store(Dhcp4.SHARED, now);
    } else if (isTold() && hasPools && state == ServerState.NORMAL && !isAsked) {
      isAsked = true;
      its.bindings.request(stored == Dhcp4.UNKNOWN, now);
    }
    boolean isServing = its.facts().servesDhcp4();
    if (isServing != wasServing) {
      wasServing = isServing;
      its.pool.onPlanChanged(now);
    }
    warn(state, isServing, now);
  }

  private void store(Dhcp4 value, Moment asked) {
    if (isStoring || storeAt != Moment.NEVER && !asked.isAt(storeAt)) {
      return;
    }
    isStoring = true;
    storeAt = Moment.NEVER;
    its.notes.change(
        record -> record.with(value),
        new Completion<>() {
          @Override
          public void done(Void result, Moment now) {
            isStoring = false;
            its.views.publish(its.facts());
          }

          @Override
          public void failed(String why, Moment now) {
            isStoring = false;
            storeAt = now.deadline(RETRY_SECONDS);
          }
        });
  }

  private void warn(ServerState state, boolean isServing, Moment now) {
    boolean isClosed =
        hasPools
            && !isServing
            && !isLearned
            && ServiceRules.of(its.settings.role(), state) != Service.NONE;
    if (isClosed) {
      its.alarms.raise(Alarms.Kind.DHCP4, "Subnets of DHCPv4 are closed: " + why(), now);
    } else {
      its.alarms.clear(Alarms.Kind.DHCP4, now);
    }
  }

  private String why() {
    if (!its.settings.dhcp4()) {
      return "the file of the relationship says dhcp4 = false.";
    }
    return isTold()
        ? "the partner has not told all of its leases yet."
        : "the partner does not offer leases of DHCPv4.";
  }
}
