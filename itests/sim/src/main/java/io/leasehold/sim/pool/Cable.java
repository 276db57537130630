// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;

/** A connection: what is sent arrives in its order, or from some message on nothing does. */
final class Cable {
  /** Messages that may be on their way in one direction. */
  private static final int MOST_ON_THE_WAY = 2000;

  private final PoolNet net;
  private final long number;
  private final Application application;
  private End near;
  private End far;
  private boolean lost;

  Cable(PoolNet net, long number, Application application) {
    this.net = net;
    this.number = number;
    this.application = application;
  }

  /** From one who connected to one who accepted. */
  void join(Machine.Life from, long fromNumber, Machine.Life to, long toNumber) {
    near = new End(from, fromNumber);
    far = new End(to, toNumber);
    near.other = far;
    far.other = near;
  }

  End near() {
    return near;
  }

  End far() {
    return far;
  }

  boolean isOver() {
    return !near.open && !far.open;
  }

  boolean isBetween(Machine one, Machine other) {
    return !isOver()
        && (near.machine() == one && far.machine() == other
            || near.machine() == other && far.machine() == one);
  }

  /** Nothing arrives any more, in either direction. */
  void lose() {
    lost = true;
  }

  @Override
  public String toString() {
    return String.valueOf(number);
  }

  /** Something that happens at the other end at a time, or after what comes before it. */
  private record Arrival(long at, Runnable what) {}

  /** One end. */
  final class End {
    private final Machine.Life life;
    private final long session;
    private final Deque<Arrival> onTheWay = new ArrayDeque<>();
    private End other;
    private boolean open = true;
    private long lastArrival;

    End(Machine.Life life, long session) {
      this.life = life;
      this.session = session;
    }

    /** Its number for the core of its machine. */
    long session() {
      return session;
    }

    Machine machine() {
      return life.machine();
    }

    End other() {
      return other;
    }

    /** Of its connection. */
    long number() {
      return number;
    }

    Application application() {
      return application;
    }

    boolean isOpen() {
      return open;
    }

    boolean send(Bytes message) {
      if (!open || onTheWay.size() >= MOST_ON_THE_WAY) {
        net.reset(this);
        return false;
      }
      net.sent(this, message);
      carry(() -> other.arrive(message));
      return true;
    }

    /** The other end hears of it after all that was sent. */
    void close() {
      if (open) {
        open = false;
        carry(() -> other.end("closed: the other side has closed it"));
      }
    }

    private void carry(Runnable what) {
      lastArrival = Math.max(lastArrival, net.world().millis() + net.delay());
      onTheWay.add(new Arrival(lastArrival, what));
      net.world().after(lastArrival - net.world().millis(), this::deliver);
    }

    /** What is due arrives, or waits until it can. */
    void deliver() {
      long until = net.blockedUntil(machine(), other.machine());
      if (lost) {
        onTheWay.clear();
      } else if (until > net.world().millis()) {
        net.world().after(until - net.world().millis() + net.delay(), this::deliver);
      } else {
        while (!lost && !onTheWay.isEmpty() && onTheWay.peek().at <= net.world().millis()) {
          onTheWay.remove().what.run();
        }
      }
    }

    private void arrive(Bytes message) {
      if (open) {
        life.message(this, message);
      } else {
        net.reset(other);
      }
    }

    /** This end hears that it is over; the other one does in time, because nobody answers it. */
    void end(String why) {
      if (open) {
        open = false;
        lost = true;
        net.hears(other);
        life.ended(session, why);
      }
    }

    /** Its machine is off. */
    void vanish() {
      open = false;
      lost = true;
    }
  }
}
