// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Prefix;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.HostIdentifier;
import java.util.Collection;
import java.util.List;

/**
 * One more address or prefix that is wanted for an identity association.
 *
 * @param kind {@link LeaseKind#IA_NA}, {@link LeaseKind#IA_PD} or {@link LeaseKind#IPV4}
 * @param client who asks
 * @param iaid for which of its identity associations
 * @param identifiers by what reservations may know the client, in the order of the plan
 * @param hintOrNull the address (length 128) or the prefix that the client asks for; null if it
 *     does not
 * @param hintLength the length of the prefix that the client asks for (RFC 8168), alone or with
 *     {@code hintOrNull}; 0 if it does not
 * @param already what the identity association has in this message; not chosen again
 * @param nearSubnetId the subnet of the link whose pools come first, the following ones after it; 0
 *     for the order of the plan
 * @param classes what the client belongs to, which opens parts of the plan to it
 */
public record Wish(
    LeaseKind kind,
    ClientIdentity client,
    long iaid,
    List<HostIdentifier> identifiers,
    Prefix hintOrNull,
    int hintLength,
    Collection<LeaseKey> already,
    long nearSubnetId,
    Membership classes) {
  /** Copies the collections. */
  public Wish {
    identifiers = List.copyOf(identifiers);
    already = List.copyOf(already);
  }

  /** That of a client of no class. */
  public Wish(
      LeaseKind kind,
      ClientIdentity client,
      long iaid,
      List<HostIdentifier> identifiers,
      Prefix hintOrNull,
      int hintLength,
      Collection<LeaseKey> already,
      long nearSubnetId) {
    this(
        kind,
        client,
        iaid,
        identifiers,
        hintOrNull,
        hintLength,
        already,
        nearSubnetId,
        Membership.NONE);
  }

  /** Whether a key is what the client asks for by name. */
  boolean hints(LeaseKey key) {
    return hintOrNull != null
        && hintOrNull.length() == key.prefixLength()
        && hintOrNull.address().equals(key.address());
  }

  /** The key the client asks for by name; null if it does not. */
  LeaseKey hintedKey() {
    return hintOrNull == null
        ? null
        : new LeaseKey(0, kind, hintOrNull.address(), hintOrNull.length());
  }
}
