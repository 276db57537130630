// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import java.util.Locale;
import java.util.Optional;

/** From whom relayed messages are taken. */
public enum RelayPolicy {
  /** Every address may speak for every link that no protected peer has in its scope. */
  OPEN,
  /** Only peers of the peer directory may (RFC 8213 section 3). */
  LISTED,
  /** Only peers may that have proved who they are. */
  PROTECTED;

  /** The policy of a word in the configuration; empty if there is none. */
  public static Optional<RelayPolicy> of(String word) {
    for (RelayPolicy policy : values()) {
      if (policy.word().equals(word)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** The word in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
