// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.Link;
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
    this.reserved = ReservedLeases.of(request.identifiers(), leases);
    this.notes = new LeaseNotes(leases, request.client().identity(), facts, reserved, now);
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

  /** What is reserved for the client on this link. */
  public final ReservedLeases reserved() {
    return reserved;
  }

  /** Where an address or prefix belongs, if this client may have it on this link; null if not. */
  public final Choice locate(LeaseKey key) {
    return leases.locate(key, request.identifiers()).orElse(null);
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

  /** Makes all that was noted so; returns it for the store. */
  public final List<LeaseChange> commit() {
    return notes.commit();
  }
}
