// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Optional;

/**
 * Whether messages may pass between two hosts.
 *
 * @param admitted whether they may
 * @param reason why not; empty if they may
 * @param assurance what the network below vouches for
 * @param peer who is at the other end, if it has proved that
 */
public record Admission(
    boolean admitted, String reason, Assurance assurance, Optional<AuthenticatedPeer> peer) {
  /** No message may pass. */
  public static Admission refused(String reason) {
    return new Admission(false, reason, Assurance.NONE, Optional.empty());
  }

  /** Messages may pass, protected by nothing. */
  public static Admission inClear() {
    return new Admission(true, "", Assurance.NONE, Optional.empty());
  }
}
