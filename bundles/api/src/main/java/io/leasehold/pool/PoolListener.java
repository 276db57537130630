// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.security.Assurance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of a pool. Called on a thread of the pool user, one call at a time for a subscription; must
 * not block and must not throw.
 */
@ConsumerType
public interface PoolListener {
  /** The pool is known in another way now. Also heard at the beginning, if anything is known. */
  void changed(PoolView view);

  /**
   * Clients of one member are another member's from now on, because the first one has left, has
   * fallen in rank or was reported unreachable. Whoever has a security context with the first one
   * has none with the second (RFC 5355 section 2.9).
   *
   * @param assurance what the connection to the registrar vouches for by which that was learned
   */
  default void failover(PoolMember from, PoolMember to, Assurance assurance) {
    // Who keeps no context has nothing to do.
  }
}
