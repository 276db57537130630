// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.net.Bytes;

/**
 * One end of an ordered connection. What is sent arrives at the other end in its order, or from
 * some message on nothing does.
 */
final class SimStream {
  /** Who hears of a connection. */
  interface User {
    /** A message came. */
    void message(SimStream stream, Bytes octets);

    /** The connection is over; nothing more is heard of it. */
    void ended(SimStream stream, String why);
  }

  private final SimWire wire;
  private final long number;
  private final User user;
  private SimStream other;
  private long lastArrivalMillis;
  private boolean open = true;
  private boolean lost;

  SimStream(SimWire wire, long number, User user) {
    this.wire = wire;
    this.number = number;
    this.user = user;
  }

  void join(SimStream end) {
    other = end;
    end.other = this;
  }

  /** The same for both ends. */
  long number() {
    return number;
  }

  boolean isOpen() {
    return open;
  }

  SimStream other() {
    return other;
  }

  User user() {
    return user;
  }

  /** Sends a message, or nothing if this end is closed. */
  void send(Bytes octets) {
    if (open) {
      carry(() -> other.arrive(octets));
    }
  }

  /** Closes this end: the other hears of it after all that was sent. */
  void close() {
    if (open) {
      open = false;
      carry(() -> other.end("the partner has closed it"));
    }
  }

  /** The machine at this end is off: it neither hears nor says anything any more. */
  void vanish() {
    open = false;
    lost = true;
  }

  /** Nothing that is sent from here from now on arrives. */
  void lose() {
    lost = true;
  }

  private void carry(Runnable what) {
    if (!lost) {
      lastArrivalMillis = wire.arrival(this, lastArrivalMillis);
      wire.at(lastArrivalMillis, what);
    }
  }

  private void arrive(Bytes octets) {
    if (open) {
      user.message(this, octets);
    } else {
      wire.reset(other);
    }
  }

  /** This end hears that it is over. */
  void end(String why) {
    if (open) {
      open = false;
      user.ended(this, why);
    }
  }
}
