// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.session.Sessions;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a pool user needs of the world.
 *
 * @param sessions its connections
 * @param random may be asked by any thread
 * @param clock for people
 * @param store takes the document that is to be read at the next start; must not block
 */
public record Surroundings(
    Sessions sessions, RandomGenerator random, InstantSource clock, Consumer<Bytes> store) {
  /** Rejects null. */
  public Surroundings {
    Objects.requireNonNull(sessions);
    Objects.requireNonNull(random);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(store);
  }
}
