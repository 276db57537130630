// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Request;
import java.util.List;

/**
 * One request and the leases it is about. Decisions are collected here and take effect at the end,
 * in {@link #commit}, so that an error on the way leaves no lease half changed. Owned by the lane.
 *
 * @param <R> the request
 */
public class LeaseExchange<R extends Request> {
  protected final R request;

  /** Of the client's link; null if it is not known. */
  protected final LinkLeases leases;

  /** Seconds since 1970. */
  protected final long now;

  /** What is reserved for the client on this link. */
  protected final ReservedLeases reserved;

  protected final LeaseNotes notes;

  private Classification classification = Classification.NONE;

  /**
   * Nothing is decided yet.
   *
   * @param leasesOrNull of the client's link; null if it is not known
   * @param now seconds since 1970
   */
  protected LeaseExchange(R request, ClientFacts facts, LinkLeases leasesOrNull, long now) {
    this.request = request;
    this.leases = leasesOrNull;
    this.now = now;
    this.reserved = ReservedLeases.of(request.identifiers(), leases, request.classes());
    reserved.tell(request.explanation());
    this.notes = new LeaseNotes(leases, request.client().identity(), facts, reserved, now);
  }

  /** Puts the client into the classes that depend on what is reserved for it. */
  public final Classification classify(FamilyPlan plan) {
    classification =
        Classification.of(plan.classes(), request, reserved, plan.globalReservations());
    return classification;
  }

  /** The client's classes, as far as they are known yet. */
  public final Classification classification() {
    return classification;
  }

  /**
   * Takes note of what the client gets, which may put it into more classes.
   *
   * @param subnetOrNull that serves it; null if its link is not known
   * @param choices its leases
   */
  public final void settle(Subnet subnetOrNull, List<Choice> choices) {
    if (subnetOrNull != null) {
      classification.settle(link(), subnetOrNull, reserved, choices);
    }
  }

  /** The request. */
  public final R request() {
    return request;
  }

  /** Whether the client's link, and so its leases, are known. */
  public final boolean knowsLink() {
    return leases != null;
  }

  /** The client's link, which must be known. */
  public final Link link() {
    return leases.link();
  }

  /** How many units of a kind the link's pools can still choose from. */
  public final long free(LeaseKind kind) {
    return leases.free(kind);
  }

  /** What is reserved for the client on this link. */
  public final ReservedLeases reserved() {
    return reserved;
  }

  /** Where an address or prefix belongs, if this client may have it on this link; null if not. */
  public final Choice locate(LeaseKey key) {
    return leases.locate(key, request.identifiers(), classification.members()).orElse(null);
  }

  /** Whether a client that names a key without having it gets no answer about it. */
  public final boolean isSilentOn(LeaseKey key) {
    return leases.governanceOrNull() != null && leases.governanceOrNull().isSilentOn(key);
  }

  /** Whether clients get nothing that they do not have. */
  public final boolean renewsOnly() {
    return leases.governanceOrNull() != null && leases.governanceOrNull().givesNothing();
  }

  /** Notes that a client gave a lease back (RFC 8415 section 18.3.7, RFC 2131 section 4.3.4). */
  public final void release(Lease lease) {
    notes.release(lease);
  }

  /** Notes that somebody else uses an address (RFC 8415 section 18.3.8, RFC 2131 section 4.3.3). */
  public final void abandon(Lease lease) {
    notes.abandon(lease);
  }

  /**
   * Tells what the client gets, and why that.
   *
   * @param named whether the client asked for it by name
   * @return the grant
   */
  protected final Grant told(Grant grant, boolean named) {
    if (request.explanation().isOn()) {
      LeaseReasons reasons = new LeaseReasons(leases, reserved, request.client().identity());
      reasons.tell(request.explanation(), grant, named);
    }
    return grant;
  }

  /** Makes all that was noted so; returns it for the store. Of a trial nothing becomes so. */
  public final List<LeaseChange> commit() {
    return request.explanation().isTrial() ? List.of() : notes.commit();
  }
}
