// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;

/**
 * An option that the plan has for a client.
 *
 * @param space {@code dhcp6}, or {@code vendor-N} for an option inside option 17 of enterprise N
 * @param code its code
 * @param value its value, sub-options of an encapsulated space included
 * @param alwaysSend sent whether the client asks for it or not
 * @param neverSend not sent, whatever the levels around say, and whatever those within say
 * @param guard who gets it; for others it is as if the level did not have it
 */
public record PlanOption(
    OptionSpace space,
    int code,
    Bytes value,
    boolean alwaysSend,
    boolean neverSend,
    ClassGuard guard) {
  /** One for everybody. */
  public PlanOption(
      OptionSpace space, int code, Bytes value, boolean alwaysSend, boolean neverSend) {
    this(space, code, value, alwaysSend, neverSend, ClassGuard.EVERYBODY);
  }

  /** The same option, sent always or never also where another level says so. */
  PlanOption alsoSent(boolean always, boolean never) {
    return always && !alwaysSend || never && !neverSend
        ? new PlanOption(space, code, value, alwaysSend || always, neverSend || never, guard)
        : this;
  }
}
