// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.EndpointStatus.State;

/** One endpoint of a binding and how far it is. Owned by the binding's watcher. */
final class Endpoint {
  /**
   * A tentative address is good after a second or two, so the first attempts come with every scan.
   */
  private static final int PATIENCE = 10;

  private static final int MOST_DOUBLINGS = 3;

  private final Wanted wanted;
  private State state;
  private String reason;
  private int failures;
  private int scansToWait;

  Endpoint(Wanted wanted) {
    this.wanted = wanted;
    this.state = wanted.absence().isEmpty() ? State.RETRYING : State.ABSENT;
    this.reason = wanted.absence().isEmpty() ? "not tried yet" : wanted.absence();
  }

  Wanted wanted() {
    return wanted;
  }

  boolean isListening() {
    return state == State.LISTENING;
  }

  /** Counts down to the next attempt; true when it is time. */
  boolean isDue() {
    return state == State.RETRYING && --scansToWait <= 0;
  }

  void listens() {
    state = State.LISTENING;
    reason = "";
    failures = 0;
    scansToWait = 0;
  }

  /** After some attempts the pause doubles, up to eight scans. True if the reason is a new one. */
  boolean failed(String why) {
    boolean news = !reason.equals(why);
    state = State.RETRYING;
    reason = why;
    failures++;
    int doublings = Math.max(0, Math.min(failures - PATIENCE, MOST_DOUBLINGS));
    scansToWait = 1 << doublings;
    return news;
  }

  /**
   * How it is.
   *
   * @param remark what it does less well although it listens
   */
  EndpointStatus status(BindSpec spec, String remark) {
    return new EndpointStatus(
        spec.family(),
        wanted.interfaceName(),
        wanted.addressText(),
        spec.port(),
        state,
        isListening() ? remark : reason);
  }

  @Override
  public String toString() {
    return wanted.addressText() + "%" + wanted.interfaceName();
  }
}
