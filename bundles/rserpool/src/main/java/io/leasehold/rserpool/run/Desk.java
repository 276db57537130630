// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.rserpool.session.SessionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a core is to be told, in portions: of every connection one thing after the other, so that
 * much of one keeps no other one waiting (RFC 5355 sections 2.1 and 2.13). What came before a time
 * is told before it is said that this time has come, however late the thread is. A fault of the
 * core ends the connection that it was about, or all if it was about time, and nothing else.
 *
 * <p>{@link #turn} and {@link #deadline} are for one thread, the rest for any.
 */
final class Desk {
  /** Events that are told in one turn. */
  static final int MOST_EVENTS = 256;

  /** Commands that may wait; more are refused. */
  static final int MOST_COMMANDS = 4096;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.rserpool");

  /** After a fault of its timers the core rests. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A fault is not said again before, only counted. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final String name;
  private final LongSupplier clock;
  private final RunCounters counters = new RunCounters();
  private final Queue<Connection> ready = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<LongConsumer> commands = new ArrayBlockingQueue<>(MOST_COMMANDS);
  private final Connections connections;
  private final Runnable wake;
  private SessionEvents core;
  private long last;
  private long restsUntil;
  private long saidUntil;

  /**
   * Without a core.
   *
   * @param clock steady, in nanoseconds
   * @param wake told when there is something for a turn
   */
  Desk(String name, LongSupplier clock, Runnable wake) {
    this.name = name;
    this.clock = clock;
    this.wake = wake;
    this.connections = new Connections(name, clock, counters, this::happened);
    this.last = clock.getAsLong();
    this.restsUntil = last;
    this.saidUntil = last;
  }

  RunCounters counters() {
    return counters;
  }

  Connections connections() {
    return connections;
  }

  private void happened(Connection connection) {
    ready.add(connection);
    wake.run();
  }

  /** Has something done in a turn, with its time; false if too much waits. */
  boolean offer(LongConsumer command) {
    boolean isTaken = commands.offer(command);
    if (isTaken) {
      wake.run();
    } else {
      counters.commandsRefused.increment();
    }
    return isTaken;
  }

  /** Commands that were not carried out, and will not be. */
  List<LongConsumer> leaveAll() {
    List<LongConsumer> left = new ArrayList<>();
    commands.drainTo(left);
    return left;
  }

  /** Who is told from the next turn on. */
  void begin(SessionEvents events) {
    core = events;
  }

  /** Whether a turn would find something, whatever the time is. */
  boolean isBusy() {
    return !ready.isEmpty() || !commands.isEmpty();
  }

  /** When a turn is needed though nothing happens; {@link SessionEvents#NEVER} if not at all. */
  long deadline() {
    try {
      long asked = core.deadline();
      return asked == SessionEvents.NEVER ? asked : Math.max(asked, restsUntil);
    } catch (RuntimeException | StackOverflowError e) {
      fault("when it has something to do", e);
      restsUntil = last + REST_NANOS;
      return restsUntil;
    }
  }

  /** Tells a portion of what happened. */
  void turn() {
    for (int i = commands.size(); i > 0; i--) {
      command(commands.remove());
    }
    for (int i = 0; i < MOST_EVENTS; i++) {
      Connection next = ready.poll();
      if (next == null) {
        break;
      }
      tellNext(next);
    }
    long now = present();
    if (deadline() <= now) {
      timer(now);
    }
  }

  /** The time has come no further than what was told of it. */
  private long present() {
    return ready.isEmpty() ? timeOf(clock.getAsLong()) : last;
  }

  /** Never back: what happened on two connections is not told in the order in which it did. */
  private long timeOf(long at) {
    last = Math.max(last, at);
    return last;
  }

  private void command(LongConsumer command) {
    try {
      command.accept(present());
    } catch (RuntimeException | StackOverflowError e) {
      fault("with a command", e);
    }
  }

  private void tellNext(Connection connection) {
    Connection.Event event = connection.poll();
    if (event != null && connections.contains(connection)) {
      tell(connection, event);
    }
    if (connection.hasMore()) {
      ready.add(connection);
    }
  }

  private void tell(Connection connection, Connection.Event event) {
    long now = timeOf(event.at());
    if (event.what() == Connection.What.ENDED) {
      connections.forget(connection);
    }
    try {
      switch (event.what()) {
        case OPENED -> core.opened(connection.number(), connection.caller(), now);
        case MESSAGE -> core.message(connection.number(), event.message(), now);
        case OUTDATED -> core.outdated(connection.number(), now);
        case ENDED -> core.ended(connection.number(), event.why(), now);
      }
    } catch (RuntimeException | StackOverflowError e) {
      fault("with a connection", e);
      abandon(connection);
    }
  }

  private void timer(long now) {
    try {
      core.onTimer(now);
    } catch (RuntimeException | StackOverflowError e) {
      fault("with its timers", e);
      restsUntil = now + REST_NANOS;
      connections.all().forEach(this::abandon);
    }
  }

  /** The core may have lost count of it, and begins anew with it. */
  private void abandon(Connection connection) {
    if (!connections.contains(connection)) {
      return;
    }
    connections.close(connection.number(), "a fault of this side");
    try {
      core.ended(connection.number(), "a fault of this side", last);
    } catch (RuntimeException | StackOverflowError e) {
      fault("with the end of a connection", e);
    }
  }

  private void fault(String what, Throwable why) {
    counters.faults.increment();
    if (last >= saidUntil) {
      saidUntil = last + QUIET_NANOS;
      LOG.error("{}: a fault {}; more of them are counted only, as faults", name, what, why);
    }
  }
}
