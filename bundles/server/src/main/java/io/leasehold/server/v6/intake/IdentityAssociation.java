// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Prefix;
import java.util.List;

/**
 * An identity association as a client sent it (RFC 8415 section 12).
 *
 * @param kind addresses or prefixes
 * @param iaid its number as leases have it, unique for its kind and client
 * @param sentIaid its number as the client knows it
 * @param wanted addresses and prefixes in it, in order
 */
public record IdentityAssociation(
    LeaseKind kind, long iaid, long sentIaid, List<WantedLease> wanted) {
  /** One whose number means something. */
  public IdentityAssociation(LeaseKind kind, long iaid, List<WantedLease> wanted) {
    this(kind, iaid, iaid, wanted);
  }

  /** The same, kept under the number 0. */
  IdentityAssociation withoutNumber() {
    return new IdentityAssociation(kind, 0, sentIaid, wanted);
  }

  /** Whether it is for delegated prefixes. */
  public boolean isForPrefixes() {
    return kind == LeaseKind.IA_PD;
  }

  /** The key of a lease on an address or prefix of this association. */
  public LeaseKey key(Prefix prefix) {
    return new LeaseKey(0, kind, prefix.address(), prefix.length());
  }

  /** What is said about a certain address or prefix; null if it is not named. */
  public WantedLease named(LeaseKey key) {
    for (WantedLease one : wanted) {
      if (one.prefix().length() == key.prefixLength()
          && one.prefix().address().equals(key.address())) {
        return one;
      }
    }
    return null;
  }

  /**
   * What lifetimes the client would like for an address or prefix that it gets: those it names with
   * it, else those of its first hint (RFC 8415 sections 21.6 and 21.22); null if there is none.
   */
  public WantedLease wish(LeaseKey key) {
    WantedLease named = named(key);
    return named != null || wanted.isEmpty() ? named : wanted.get(0);
  }

  /** How many certain addresses or prefixes are named. */
  public int namedCount() {
    int count = 0;
    for (WantedLease one : wanted) {
      count += one.isSpecific() ? 1 : 0;
    }
    return count;
  }

  /** The prefix length the client would like (RFC 8168 section 3.2), 0 if it does not say. */
  public int lengthHint() {
    for (WantedLease one : wanted) {
      if (isForPrefixes() && !one.isSpecific()) {
        return one.prefix().length();
      }
    }
    return 0;
  }
}
