// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Family;
import java.util.Optional;

/**
 * Who says what may be promised on one link. Whoever begins something on the link calls {@link
 * #look} once, and all questions until the next call are answered by that view, so that no answer
 * is of two states. While there is no governor nothing is promised, and leases stay as they are.
 * Owner: the lane's thread.
 */
public final class Governance {
  private final String name;
  private final LeaseGovernor governorOrNull;
  private final Family family;
  private final LeaseTable table;
  private GovernorView view;

  Governance(String name, LeaseGovernor governorOrNull, Family family, LeaseTable table) {
    this.name = name;
    this.family = family;
    this.governorOrNull = governorOrNull;
    this.table = table;
    look();
  }

  /** The name by which the plan has it. */
  public String name() {
    return name;
  }

  /** The governor; null while there is none. */
  public LeaseGovernor governorOrNull() {
    return governorOrNull;
  }

  /** Takes the view for what begins now. */
  public void look() {
    view = governorOrNull == null ? ClosedView.INSTANCE : governorOrNull.view();
  }

  /** Whether there is no governor. */
  public boolean isClosed() {
    return governorOrNull == null;
  }

  /** Whom to answer. */
  public Service service() {
    return view.service(family);
  }

  /** Whether nothing is given that is not on record. */
  public boolean givesNothing() {
    return service() == Service.NONE || service() == Service.RECORDED;
  }

  /** Whether a client that names a key without having it gets no answer about it. */
  public boolean isSilentOn(LeaseKey key) {
    return givesNothing() || view.isSilentOn(key, recorded(key));
  }

  /**
   * For how many seconds a key may be promised to a client. What is recorded of another one, which
   * may be the same host by another name, says nothing of this one.
   */
  long promisedSeconds(LeaseKey key, ClientIdentity client, long desiredSeconds, long now) {
    Optional<Lease> ofClient = recorded(key).filter(lease -> lease.client().equals(client));
    return view.promisedSeconds(ofClient, desiredSeconds, now);
  }

  /** A lease as it is to be written, with what its governor keeps with it. */
  Lease marked(Lease after, Optional<Terms> terms, long now) {
    return view.marked(recorded(after.key()), after, terms, now);
  }

  /** What becomes of a lease whose time is over; empty: it is forgotten. */
  Optional<Lease> over(Lease lease, long now) {
    return view.over(lease, now);
  }

  boolean isOurs(LeaseKey key) {
    return view.isOurs(key);
  }

  /** Whether pools count a unit that is not recorded as free. */
  boolean isFreeAtFirst(LeaseKey key) {
    return view.isFree(key, Optional.empty());
  }

  /** Whether pools count a unit as free. */
  boolean isFree(LeaseKey key) {
    return view.isFree(key, recorded(key));
  }

  /** The same of one that is recorded like this. */
  boolean isFree(Lease recorded) {
    return view.isFree(recorded.key(), Optional.of(recorded));
  }

  boolean borrows(long now) {
    return view.borrows(now);
  }

  /** Whether a client may get what nobody has. */
  boolean mayGive(LeaseKey key, ClientIdentity client, long now) {
    Optional<Lease> present = recorded(key);
    return !isTaken(present) && !givesNothing() && view.mayGive(key, present, client, now);
  }

  /** The same of what is reserved for the client by its DUID, and for nobody else. */
  boolean mayGiveReserved(LeaseKey key, ClientIdentity client, long now) {
    Optional<Lease> present = recorded(key);
    return !isTaken(present) && !givesNothing() && view.mayGiveReserved(key, present, client, now);
  }

  private static boolean isTaken(Optional<Lease> present) {
    return present.isPresent()
        && (present.get().state() == LeaseState.ACTIVE
            || present.get().state() == LeaseState.ABANDONED);
  }

  private Optional<Lease> recorded(LeaseKey key) {
    return Optional.ofNullable(table.find(key));
  }
}
