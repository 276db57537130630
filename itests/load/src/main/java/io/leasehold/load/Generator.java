// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs load, on the thread that calls it. */
final class Generator implements AutoCloseable {
  private static final long MILLISECOND = 1_000_000;
  private static final long OFFSET_EVERY = 20 * MILLISECOND;
  private static final int MOST_BATCHES = 16;
  private static final int MOST_BEGUN = 1024;

  private final Settings settings;
  private final UdpEndpoint receiver;
  private final UdpEndpoint sender;
  private final SendBatch out;
  private final ReceiveBatch in;
  private final Waiting waiting;
  private final Conversations conversations;
  private final RandomGenerator random;
  private long clockOffset;
  private long offsetAt;
  private long origin;
  private Load load;
  private Tally tally;

  Generator(Settings settings) throws IOException {
    this.settings = settings;
    receiver = settings.receiver();
    sender = settings.sender(receiver);
    out = new SendBatch(sender, settings.batch);
    in = new ReceiveBatch(receiver, settings.batch);
    waiting = new Waiting(receiver);
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(settings.seed);
    conversations = new Conversations(settings, settings.protocol(), out, random);
  }

  RandomGenerator random() {
    return random;
  }

  /** Runs one load to its end, including the time that answers to the last messages may take. */
  Tally run(Load newLoad, Clients clients) {
    load = newLoad;
    origin = System.nanoTime() + MILLISECOND;
    long from = origin + (long) (load.warmSeconds() * 1e9);
    tally = new Tally(from, from + (long) (load.seconds() * 1e9));
    tally.rests = load.isOpen() && settings.tickNanos > 0;
    conversations.start(load.kind(), clients, tally);
    long overflow = Overflow.count(receiver.isV6());
    long[] before = {out.sent(), out.failed(), out.calls(), in.calls()};
    boolean done = false;
    while (!done) {
      long now = System.nanoTime();
      tally.at(now);
      int heard = hear(now);
      conversations.expire(now);
      boolean exhausted = begin(now);
      out.flush();
      done = isDone(now, exhausted);
      if (!done && heard < in.capacity()) {
        pause();
      }
    }
    conversations.abandon();
    tally.sent = out.sent() - before[0];
    tally.sendFailures = out.failed() - before[1];
    tally.sendCalls = out.calls() - before[2];
    tally.receiveCalls = in.calls() - before[3];
    tally.overflow = Overflow.count(receiver.isV6()) - overflow;
    countNotBegun();
    return tally;
  }

  private int hear(long now) {
    if (now - offsetAt > OFFSET_EVERY || offsetAt == 0) {
      clockOffset = waiting.clockOffsetNanos();
      offsetAt = now;
    }
    int total = 0;
    for (int i = 0; i < MOST_BATCHES; i++) {
      int count = in.receive();
      for (int message = 0; message < count; message++) {
        long stamp = in.stampNanos(message);
        long read = System.nanoTime();
        conversations.hear(in, message, stamp == 0 ? read : stamp - clockOffset, read);
      }
      in.reset(count);
      total += count;
      if (!in.isFull(count)) {
        break;
      }
    }
    return total;
  }

  /** Begins what is due; true if nothing will ever begin again. */
  private boolean begin(long now) {
    if (now >= tally.to) {
      return true;
    }
    if (load.isOpen()) {
      int begun = 0;
      for (long at = nextIntended(); at <= now && at < tally.to; at = nextIntended()) {
        if (begun++ == MOST_BEGUN || !conversations.begin(at)) {
          break;
        }
        load.schedule().advance();
      }
      return false;
    }
    while (conversations.count() < load.window()) {
      if (!conversations.begin(System.nanoTime())) {
        return load.kind() == Load.Kind.OBTAIN;
      }
    }
    return false;
  }

  /** When the next exchange has to begin: at the end of the tick that its time is in. */
  private long nextIntended() {
    long tick = settings.tickNanos;
    long at = load.schedule().nextNanos();
    return origin + (tick == 0 ? at : (at + tick - 1) / tick * tick);
  }

  private boolean isDone(long now, boolean exhausted) {
    if (exhausted && conversations.count() == 0) {
      return true;
    }
    long patience = (settings.retransmit ? 1 : 3) * settings.dropNanos;
    return now > tally.to + patience;
  }

  private void pause() {
    long now = System.nanoTime();
    if (settings.tickNanos > 0) {
      long tick = settings.tickNanos;
      waiting.forTime(tick - Math.floorMod(now - origin, tick));
    } else if (load.isOpen()) {
      waiting.forMessage(Math.min(MILLISECOND, nextIntended() - now));
    } else {
      waiting.forMessage(MILLISECOND);
    }
  }

  private void countNotBegun() {
    if (load.isOpen()) {
      for (long at = nextIntended(); at < tally.to; at = nextIntended()) {
        if (tally.counts(at)) {
          tally.notBegun++;
        }
        load.schedule().advance();
      }
    }
  }

  /** Waits until nothing has arrived for a while; what arrives is thrown away. */
  void quiet() {
    long end = System.nanoTime() + 15_000 * MILLISECOND;
    long last = System.nanoTime();
    for (long now = last; now < end && now - last < 300 * MILLISECOND; now = System.nanoTime()) {
      int count = in.receive();
      in.reset(count);
      if (count > 0) {
        last = now;
      } else {
        waiting.forMessage(20 * MILLISECOND);
      }
    }
  }

  @Override
  public void close() {
    receiver.close();
    if (sender != receiver) {
      sender.close();
    }
  }
}
