// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.Objects;

/**
 * A registrar as a pool user or a pool element sees it.
 *
 * @param address hop as configured or announced, {@code tls://[2001:db8::9]}
 * @param state how it is
 * @param why it is so; empty if there is nothing to say
 * @param assurance what the connection vouches for; nothing while there is none
 * @param since when the state began
 */
public record RegistrarContact(
    String address, State state, String why, Assurance assurance, Instant since) {
  /** How a registrar is. */
  public enum State {
    /** Everything is asked of it. */
    HOME,
    /** A connection is being made. */
    TRYING,
    /** There is no connection, because none is wanted. */
    IDLE,
    /** It could not be reached, or did not prove who it is. */
    FAILED
  }

  /** Rejects null. */
  public RegistrarContact {
    Objects.requireNonNull(address);
    Objects.requireNonNull(state);
    Objects.requireNonNull(why);
    Objects.requireNonNull(assurance);
    Objects.requireNonNull(since);
  }
}
