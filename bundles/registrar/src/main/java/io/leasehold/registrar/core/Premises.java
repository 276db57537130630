// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.security.PeerAuthorizer;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What both sides of a registrar have.
 *
 * @param space all pools; whoever changes it tells the other side
 * @param rights what peers may do
 * @param random for identifiers and for spreading what happens in time; good enough for keys
 * @param notebook for operators
 * @param isSecure whether only protected connections take part, which a handlespace is as a whole
 *     or not at all (RFC 5355 section 2.15)
 */
public record Premises(
    Handlespace space,
    PeerAuthorizer rights,
    RandomGenerator random,
    Notebook notebook,
    boolean isSecure) {
  /** Nothing is missing. */
  public Premises {
    Objects.requireNonNull(space);
    Objects.requireNonNull(rights);
    Objects.requireNonNull(random);
    Objects.requireNonNull(notebook);
  }
}
