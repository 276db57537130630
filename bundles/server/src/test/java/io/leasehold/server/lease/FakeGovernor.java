// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One of two servers, without the other: tests say what there is to say of the relationship. */
public final class FakeGovernor implements LeaseGovernor, GovernorView {
  public static final String NAME = "pair-1";

  /** What tests look for in leases; it counts how often a lease was marked. */
  public static final int MARK = LeaseDetails.FAILOVER;

  public final boolean isPrimary;
  public final Queue<LeaseChange> told = new ConcurrentLinkedQueue<>();

  /** Terms of the latest lease that was marked. */
  public volatile Optional<Terms> terms = Optional.empty();

  public volatile Service service = Service.ALL;
  public volatile boolean closesDhcp4;
  public volatile boolean borrows;
  public volatile boolean silent;
  public volatile boolean gives = true;
  public volatile long mostSeconds = Long.MAX_VALUE;
  public volatile long mostSecondsAtFirst = Long.MAX_VALUE;
  public volatile Optional<Lease> over = Optional.empty();
  public volatile int views;

  public FakeGovernor(boolean isPrimary) {
    this.isPrimary = isPrimary;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GovernorView view() {
    views++;
    return this;
  }

  @Override
  public void committed(List<LeaseChange> changes) {
    told.addAll(changes);
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Service service(Family family) {
    return family == Family.IPV4 && closesDhcp4 ? Service.NONE : service;
  }

  private static boolean isCounted(LeaseKey key) {
    return key.kind() == LeaseKind.IA_PD || key.kind() == LeaseKind.IPV4;
  }

  @Override
  public boolean isOurs(LeaseKey key) {
    return isCounted(key) || (key.address().low() & 1) == (isPrimary ? 1 : 0);
  }

  @Override
  public boolean isFree(LeaseKey key, Optional<Lease> present) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    boolean isGiven = isCounted(key) && !isPrimary;
    return isOurs(key) && state == (isGiven ? LeaseState.FREE_BACKUP : LeaseState.FREE);
  }

  @Override
  public boolean borrows(long now) {
    return borrows;
  }

  @Override
  public boolean mayGive(LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    boolean isPartners =
        isCounted(key) && state == (isPrimary ? LeaseState.FREE_BACKUP : LeaseState.FREE);
    boolean isItsOwn = state == LeaseState.EXPIRED && present.orElseThrow().client().equals(client);
    return gives && (isFree(key, present) || isItsOwn || borrows && isPartners);
  }

  @Override
  public boolean mayGiveReserved(
      LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    boolean isAvailable = state == LeaseState.FREE || state == LeaseState.FREE_BACKUP;
    return gives && (isAvailable || mayGive(key, present, client, now));
  }

  @Override
  public boolean isSilentOn(LeaseKey key, Optional<Lease> present) {
    return silent;
  }

  @Override
  public long promisedSeconds(Optional<Lease> present, long desiredSeconds, long now) {
    long most = present.isPresent() ? mostSeconds : Math.min(mostSeconds, mostSecondsAtFirst);
    return Math.min(desiredSeconds, most);
  }

  @Override
  public Lease marked(Optional<Lease> before, Lease after, Optional<Terms> on, long now) {
    terms = on;
    return marked(after, before.map(FakeGovernor::marks).orElse(0) + 1);
  }

  private static Lease marked(Lease lease, int times) {
    return new Lease(
        lease.key(),
        lease.subnetId(),
        lease.client(),
        lease.iaid(),
        lease.state(),
        lease.times(),
        lease.details().with(MARK, Bytes.of(times)));
  }

  /** How often a lease was marked since there was none. */
  public static int marks(Lease lease) {
    return lease.details().get(MARK).map(mark -> mark.at(0)).orElse(0);
  }

  @Override
  public Optional<Lease> over(Lease lease, long now) {
    return over;
  }
}
