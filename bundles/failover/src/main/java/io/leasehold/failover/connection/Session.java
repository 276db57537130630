// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;

/**
 * A connection on which both have said CONNECT. When it has ended, what is sent goes nowhere. For
 * the thread of the relationship.
 */
public final class Session {
  /**
   * More than this unanswered makes nothing faster, and might not fit into a connection's queue.
   */
  private static final long MOST_UNACKED = 512;

  private final Line line;
  private final ConnectTerms partner;
  private final Keepalive keepalive;
  private final ClockWatch clock;
  private final boolean tellsDhcp4;

  /** One that begins now. */
  public Session(Line line, ConnectTerms partner, FailoverSettings ours, Moment now) {
    this.line = line;
    this.partner = partner;
    this.clock = new ClockWatch(now);
    this.tellsDhcp4 = ours.dhcp4() && partner.dhcp4();
    this.keepalive =
        new Keepalive(
            ours.keepaliveSeconds(), partner.keepaliveSeconds(), ours.contactsPerKeepalive(), now);
  }

  /**
   * Sends a message of one's own.
   *
   * @return its id, which no other message has until it is {@link #settled}, if the type has an
   *     answer
   */
  public int send(int type, Options options, Moment now) {
    keepalive.sent(now);
    return line.send(type, options, now);
  }

  /** Sends an answer to the message of that id. */
  public void answer(int type, int id, Options options, Moment now) {
    keepalive.sent(now);
    line.answer(type, id, options, now);
  }

  /** The answer to an id has come, or none is waited for: it may be used again. */
  public void settled(int id) {
    line.settled(id);
  }

  /** How many BNDUPDs the partner takes unanswered (RFC 8156 section 5.5.5); at least 1. */
  public long maxUnacked() {
    return Math.min(partner.maxUnacked(), MOST_UNACKED);
  }

  /** What the partner said of itself. */
  public ConnectTerms partner() {
    return partner;
  }

  /** Whether leases of DHCPv4 are told: both have offered that on this connection. */
  public boolean tellsDhcp4() {
    return tellsDhcp4;
  }

  /** Whether the connection is protected. */
  public boolean isSecure() {
    return line.isSecure();
  }

  /** Whether what is sent goes anywhere. */
  public boolean isOpen() {
    return line.isOpen();
  }

  Line line() {
    return line;
  }

  void heard(Moment arrived) {
    keepalive.heard(arrived);
  }

  /** Whether the partner was silent for too long. */
  boolean isDead(Moment now) {
    return keepalive.isDead(now);
  }

  /** Lets the partner hear something if it is time; it does not answer. */
  void keepAlive(Moment now) {
    if (keepalive.isSendDue(now)) {
      send(Dhcp6MessageType.CONTACT, Options.EMPTY, now);
    }
  }

  /** Seconds by which the wall clock was set back since the last time, if more than five. */
  long stepBackSeconds(Moment now) {
    return Math.max(-clock.setBySeconds(now), 0);
  }

  long deadline() {
    return keepalive.deadline();
  }
}
