// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the partner said last (RFC 8156 section 6.4), and whether it was on the connection that
 * there is: only then are communications OK. Owner: the endpoint's thread.
 */
final class PartnerView {
  private EndpointRecord.Partner last;
  private boolean isInContact;
  private boolean remembersUs;
  private long reports;

  /** Begins with what is stored. */
  PartnerView(EndpointRecord.Partner stored) {
    this.last = stored;
  }

  /** The partner's STATE came. */
  void onState(StateReport report, Moment now) {
    if (!isInContact) {
      remembersUs = report.flags().communicated();
    }
    isInContact = true;
    reports++;
    last =
        new EndpointRecord.Partner(
            Optional.of(report.state()),
            report.flags(),
            report.since().unixSeconds(now.wallSeconds()),
            report.partnerDown().map(at -> at.unixSeconds(now.wallSeconds())).orElse(0L),
            now.wallSeconds());
  }

  /** The connection has ended, or another one takes its place. */
  void onDown() {
    isInContact = false;
    remembersUs = false;
  }

  /** Whether communications are OK: it has said its state on the connection. */
  boolean isInContact() {
    return isInContact;
  }

  /** Its state by its last word; of old when it is not {@link #isInContact}. */
  Optional<ServerState> state() {
    return last.state();
  }

  /** Whether it may have promised clients anything in the state that it said last. */
  boolean hasServed() {
    return last.state().filter(StateTable::serves).isPresent();
  }

  /** Whether it said on this connection that it is in a state. */
  boolean isIn(ServerState state) {
    return isInContact && last.state().filter(state::equals).isPresent();
  }

  /** Its flags by its last word. */
  ServerFlags flags() {
    return last.flags();
  }

  /**
   * Whether the partner knew before this connection that both had worked together: by its first
   * STATE, because later ones may count this connection.
   */
  boolean remembersUs() {
    return remembersUs;
  }

  /** How many STATE messages have come: tells whether there was one since a moment. */
  long reports() {
    return reports;
  }

  /** What is worth to be stored. */
  EndpointRecord.Partner record() {
    return last;
  }

  /** The same with a later message of it. */
  EndpointRecord.Partner record(OptionalLong heard) {
    return heard.isPresent() && heard.getAsLong() > last.heard()
        ? last.heardAt(heard.getAsLong())
        : last;
  }
}
