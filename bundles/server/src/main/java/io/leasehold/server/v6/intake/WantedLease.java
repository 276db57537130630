// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.PdExclude;
import io.leasehold.net.Prefix;

/**
 * An address or prefix that a client names in an identity association, or a hint.
 *
 * @param prefix an address has length 128; unspecified in a hint
 * @param preferredSeconds wish for the preferred lifetime, 0 for none
 * @param validSeconds wish for the valid lifetime, 0 for none
 * @param excludedOrNull the Prefix Exclude option in it (RFC 6603 section 6.1)
 */
public record WantedLease(
    Prefix prefix, long preferredSeconds, long validSeconds, PdExclude excludedOrNull) {
  /** Whether a certain address or prefix is named. */
  public boolean isSpecific() {
    return !prefix.address().isUnspecified();
  }
}
