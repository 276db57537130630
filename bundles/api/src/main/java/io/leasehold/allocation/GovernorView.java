// SPDX-License-Identifier: Apache-2.0
package io.leasehold.allocation;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Family;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What may be promised in one state of a {@link LeaseGovernor}. Immutable; its methods are asked by
 * lanes, for each request, and only compute. All times are seconds since 1970.
 */
@ConsumerType
public interface GovernorView {
  /** Whom to answer. */
  enum Service {
    /** Nobody. */
    NONE,
    /** Who renews, with this server's identifier, what is on record; nothing new is given. */
    RECORDED,
    /** Who names this server's identifier. */
    OWN,
    /** Everybody. */
    ALL
  }

  /** Whom to answer. */
  Service service();

  /**
   * Whom to answer of a family; nobody if it is not covered, whatever may be promised in the other
   * one.
   */
  default Service service(Family family) {
    return service();
  }

  /**
   * Whether this server's pools have the unit at all: of the addresses of a pool all, none or every
   * second one, of its prefixes all or none. Does not change while the governor's configuration is
   * the same: pools are opened by it.
   */
  boolean isOurs(LeaseKey key);

  /**
   * Whether a unit of our pools could be given to somebody, as it is recorded: by the role alone,
   * not by the state of the relationship, so that pools can count what is free. Of shared units
   * (prefixes, IPv4 addresses) the secondary has those that are FREE-BACKUP, and the primary all
   * others. Of the units of a pool that are not recorded, all are free or none is.
   *
   * @param present what is recorded; empty if nothing is
   */
  boolean isFree(LeaseKey key, Optional<Lease> present);

  /**
   * Whether units that are not {@link #isFree} may be looked for with {@link #mayGive} when nothing
   * else is left: the partner's, when it is down (RFC 8156 section 8.4.1).
   */
  boolean borrows(long now);

  /**
   * Whether a client may get what it does not have: however it was chosen, asked for, remembered or
   * reserved.
   *
   * @param present what is recorded; empty if nothing is
   */
  boolean mayGive(LeaseKey key, Optional<Lease> present, ClientIdentity client, long now);

  /**
   * The same of what is reserved for the client by its DUID, and for nobody else: as nobody else
   * can get it from either server, it need not be of our half or share.
   */
  default boolean mayGiveReserved(
      LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    return mayGive(key, present, client, now);
  }

  /**
   * Whether nothing is said to a client that names this without having it on record, because the
   * partner may have given it. Otherwise the client is told to stop using it.
   *
   * @param present what is recorded; empty if nothing is
   */
  boolean isSilentOn(LeaseKey key, Optional<Lease> present);

  /**
   * For how many seconds it may be promised.
   *
   * @param present what is recorded; empty if nothing is
   * @param desiredSeconds what the plan wants, unsigned 32 bits
   * @return not more than that
   */
  long promisedSeconds(Optional<Lease> present, long desiredSeconds, long now);

  /**
   * A lease as it is to be written, with what the partner has to hear of it.
   *
   * @param before what was recorded; empty if nothing was
   * @param after what is to be recorded
   * @param terms on which the client gets it; empty if it does not
   */
  Lease marked(Optional<Lease> before, Lease after, Optional<Terms> terms, long now);

  /**
   * What becomes of a lease whose state is over and that would be forgotten: it stays in another
   * state, or is forgotten.
   *
   * @return empty: forgotten
   */
  Optional<Lease> over(Lease lease, long now);

  /**
   * On what a client gets a lease.
   *
   * @param renewSeconds when it is to renew (T1), as it is told
   * @param desiredSeconds what the plan wants, whatever was promised
   */
  record Terms(long renewSeconds, long desiredSeconds) {}
}
