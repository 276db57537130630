// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import io.leasehold.load.Protocol.Purpose;
import java.util.random.RandomGenerator;

/** What clients say, hear and do when they hear nothing. */
final class Conversations {
  private static final int MOST_TRIES = 120;

  private final Settings settings;
  private final Protocol protocol;
  private final SendBatch out;
  private final Exchanges exchanges = new Exchanges();
  private final Timers timers = new Timers(Exchanges.CAPACITY, System.nanoTime());
  private final RandomGenerator random;
  private final AddressCheck check;
  private final Answer answer = new Answer();
  private final Order order = new Order();
  private final int xidHigh;
  private boolean serverKnown;
  private Clients clients;
  private Load.Kind kind;
  private Tally tally;

  Conversations(Settings settings, Protocol protocol, SendBatch out, RandomGenerator random) {
    this.settings = settings;
    this.protocol = protocol;
    this.out = out;
    this.random = random;
    check = settings.check ? new AddressCheck() : null;
    xidHigh = protocol.xidBits() > 24 ? random.nextInt() << 24 : 0;
  }

  /** What follows belongs to another run. */
  void start(Load.Kind newKind, Clients newClients, Tally newTally) {
    kind = newKind;
    clients = newClients;
    tally = newTally;
  }

  int count() {
    return exchanges.count();
  }

  /** Lets the next client begin; false if there is none or too much is going on. */
  boolean begin(long intended) {
    if (exchanges.count() == Exchanges.CAPACITY) {
      return false;
    }
    int client = nextClient();
    if (client < 0) {
      return false;
    }
    int slot = exchanges.take();
    exchanges.client[slot] = client;
    exchanges.intended[slot] = intended;
    exchanges.turned[slot] = intended;
    long now = System.nanoTime();
    if (tally.counts(intended)) {
      tally.begun++;
      Tally.record(tally.lateness, now - intended);
      if (now - intended > Tally.LATE_NANOS) {
        tally.late++;
      }
    }
    if (kind == Load.Kind.RENEW) {
      exchanges.addressHigh[slot] = clients.addressHigh(client);
      exchanges.addressLow[slot] = clients.addressLow(client);
    }
    say(slot, now);
    return true;
  }

  private int nextClient() {
    return switch (kind) {
      case FOUR, RAPID -> clients.next();
      case OBTAIN -> clients.next(false);
      case RENEW -> {
        int client = clients.next(true);
        if (client < 0) {
          clients.rewind();
          client = clients.next(true);
        }
        yield client;
      }
    };
  }

  private Purpose purpose(int slot) {
    if (kind == Load.Kind.RENEW) {
      return Purpose.RENEW;
    }
    return exchanges.state[slot] == Exchanges.SECOND ? Purpose.SECOND : Purpose.FIRST;
  }

  private void say(int slot, long now) {
    order.purpose = purpose(slot);
    order.xid = exchanges.xid(slot) | xidHigh;
    order.client = clients.number(exchanges.client[slot]);
    order.elapsedMillis =
        exchanges.tries[slot] == 0 ? 0 : (now - exchanges.turned[slot]) / 1_000_000;
    order.addressHigh = exchanges.addressHigh[slot];
    order.addressLow = exchanges.addressLow[slot];
    exchanges.sent[slot] = now;
    out.add(protocol.write(out.data(), out.at(), order));
    timers.set(slot, now + timeoutNanos(slot));
  }

  /** RFC 8415 section 15: doubled each time up to a maximum, give or take a tenth. */
  private long timeoutNanos(int slot) {
    if (!settings.retransmit) {
      return settings.dropNanos;
    }
    Purpose purpose = purpose(slot);
    long millis = protocol.firstTimeoutMillis(purpose) << Math.min(exchanges.tries[slot], 20);
    millis = Math.min(millis, protocol.longestTimeoutMillis(purpose));
    millis = Math.min(millis, Timers.LONGEST_MILLIS);
    return (long) (millis * 1e6 * (0.9 + 0.2 * random.nextDouble()));
  }

  /** Ends or repeats what has waited too long. */
  void expire(long now) {
    timers.advance(now, slot -> expired(slot, now));
  }

  private void expired(int slot, long now) {
    boolean patient = now - exchanges.intended[slot] < settings.giveUpNanos;
    if (settings.retransmit && patient && exchanges.tries[slot] < MOST_TRIES) {
      exchanges.tries[slot]++;
      tally.retransmissions++;
      say(slot, now);
      return;
    }
    if (tally.counts(exchanges.intended[slot])) {
      if (exchanges.state[slot] == Exchanges.FIRST) {
        tally.lostFirst++;
      } else {
        tally.lostSecond++;
      }
    }
    exchanges.retire(slot);
    end(slot);
  }

  private void end(int slot) {
    timers.cancel(slot);
    clients.done(exchanges.client[slot]);
    exchanges.giveBack(slot);
  }

  /** Ends everything that still goes on. */
  void abandon() {
    for (int slot = 0; slot < Exchanges.CAPACITY; slot++) {
      if (exchanges.state[slot] != Exchanges.FREE) {
        if (tally.counts(exchanges.intended[slot])) {
          tally.unfinished++;
        }
        exchanges.retire(slot);
        end(slot);
      }
    }
  }

  /**
   * Hears a message.
   *
   * @param arrived when the kernel had it
   * @param now when it is read
   */
  void hear(ReceiveBatch in, int message, long arrived, long now) {
    if (!protocol.read(in.data(), in.at(message), in.end(message), answer)) {
      tally.malformed++;
      return;
    }
    tally.received(answer.type);
    tally.status(answer.status);
    int xid = answer.xid & 0xffffff;
    int slot = Exchanges.slot(xid);
    if (!answer.ours || (answer.xid ^ xid) != xidHigh) {
      tally.foreign++;
    } else if (!exchanges.isCurrent(xid)) {
      tally.stale++;
    } else if (Exchanges.half(xid) != exchanges.state[slot]) {
      tally.duplicates++;
    } else if (answer.client != clients.number(exchanges.client[slot])) {
      tally.foreign++;
    } else {
      take(slot, Math.min(now, Math.max(arrived, exchanges.sent[slot])), now);
    }
  }

  private void take(int slot, long arrived, long now) {
    boolean first = kind == Load.Kind.FOUR || kind == Load.Kind.OBTAIN;
    first &= exchanges.state[slot] == Exchanges.FIRST;
    if (answer.kind == Answer.Kind.NAK || answer.status != 0 && !answer.leased) {
      tally.naks += answer.kind == Answer.Kind.NAK ? 1 : 0;
      refused(slot);
    } else if (answer.kind == (first ? Answer.Kind.OFFER : Answer.Kind.ACK) && answer.leased) {
      if (first) {
        turn(slot, arrived, now);
      } else {
        complete(slot, arrived);
      }
    } else {
      tally.unwanted++;
    }
  }

  private void refused(int slot) {
    if (tally.counts(exchanges.intended[slot])) {
      tally.refused++;
    }
    end(slot);
  }

  private void turn(int slot, long arrived, long now) {
    learn();
    long intended = arrived - exchanges.intended[slot];
    long actual = arrived - exchanges.sent[slot];
    exchanges.firstIntended[slot] = intended;
    exchanges.firstActual[slot] = actual;
    if (tally.counts(exchanges.intended[slot])) {
      Tally.record(tally.firstIntended, intended);
      Tally.record(tally.firstActual, actual);
    }
    exchanges.state[slot] = Exchanges.SECOND;
    exchanges.tries[slot] = 0;
    exchanges.turned[slot] = now;
    exchanges.addressHigh[slot] = answer.addressHigh;
    exchanges.addressLow[slot] = answer.addressLow;
    say(slot, System.nanoTime());
  }

  private void learn() {
    if (!serverKnown || protocol.isOtherServer(answer)) {
      if (serverKnown) {
        tally.otherServers++;
      }
      serverKnown = true;
      protocol.learnServer(answer);
    }
  }

  private void complete(int slot, long arrived) {
    int client = exchanges.client[slot];
    clients.keep(client, answer.addressHigh, answer.addressLow);
    if (check != null) {
      long before = check.shared();
      check.given(answer.addressHigh, answer.addressLow, clients.number(client));
      tally.shared += check.shared() - before;
    }
    if (arrived >= tally.from && arrived < tally.to) {
      tally.completedInTime++;
    }
    if (tally.counts(exchanges.intended[slot])) {
      tally.completed++;
      time(slot, arrived);
    }
    end(slot);
  }

  private void time(int slot, long arrived) {
    long intended = arrived - exchanges.turned[slot];
    long actual = arrived - exchanges.sent[slot];
    if (exchanges.state[slot] == Exchanges.SECOND) {
      Tally.record(tally.secondIntended, intended);
      Tally.record(tally.secondActual, actual);
      intended += exchanges.firstIntended[slot];
      actual += exchanges.firstActual[slot];
    }
    Tally.record(tally.exchangeIntended, intended);
    Tally.record(tally.exchangeActual, actual);
    Tally.record(tally.exchangeWall, arrived - exchanges.intended[slot]);
  }
}
