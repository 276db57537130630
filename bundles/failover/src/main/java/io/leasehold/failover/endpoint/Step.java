// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Moment;
import java.util.function.UnaryOperator;

/**
 * A change of state that is due.
 *
 * @param to the state to enter
 * @param since when it counts as entered, seconds since 1970
 * @param past what else is stored with it
 * @param why a sentence
 * @param isOrdered whether an operator wants it
 */
record Step(
    ServerState to,
    long since,
    UnaryOperator<EndpointRecord.Past> past,
    String why,
    boolean isOrdered) {

  /** A change of now. */
  static Step to(ServerState state, Moment now, String why) {
    return new Step(state, now.wallSeconds(), UnaryOperator.identity(), why, false);
  }

  /** The record with it. */
  EndpointRecord on(EndpointRecord record) {
    EndpointRecord entered = record.entered(to, since);
    return entered.with(past.apply(entered.past()));
  }
}
