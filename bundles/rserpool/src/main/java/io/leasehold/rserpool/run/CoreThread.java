// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread and the connections of one core. Made first, because the core needs {@link #sessions};
 * then {@link #begin}, {@link #use} and {@link #listen} in any order. All methods may be called
 * from any thread.
 *
 * <p>Steady time begins at 0 with it. The core is told of what happened with the time at which that
 * did, and never of an earlier time than before.
 */
public final class CoreThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.rserpool");
  private static final long STOP_MILLIS = 2000;

  /** It looks around that often though nothing is to be done. */
  private static final long MOST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** However much of what has its time is due. */
  private static final long LEAST_SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final String name;
  private final long origin = System.nanoTime();
  private final Desk desk;
  private final Places places;
  private final Thread thread;
  private final Map<String, SessionTransport> transports = new HashMap<>();
  private boolean begun;
  private volatile boolean asleep;
  private volatile boolean closed;
  private volatile String death = "";

  /**
   * Without a core.
   *
   * @param name for the log and the thread: {@code registrar}
   */
  public CoreThread(String name) {
    this.name = name;
    this.desk = new Desk(name, this::now, this::wake);
    this.places = new Places(desk.connections()::incoming);
    this.thread = new Thread(this::run, "leasehold-" + name + "-1");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(this::died);
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** For the core: its connections. */
  public Sessions sessions() {
    return desk.connections();
  }

  /**
   * Starts the thread.
   *
   * @throws IllegalStateException if it was started before
   */
  public synchronized void begin(SessionEvents core) {
    if (begun || closed) {
      throw new IllegalStateException(name + " was begun or closed before");
    }
    begun = true;
    desk.begin(core);
    thread.start();
  }

  /**
   * Listens at these places, and at no others; those that were there stay open. Waits until those
   * that are not wanted any more are closed.
   *
   * @throws IllegalArgumentException if one address and port is to be listened on in two ways; then
   *     nothing changes
   */
  public synchronized void listen(List<ListenSpec> wanted) {
    if (!closed) {
      places.listen(wanted);
    }
  }

  /**
   * Uses another transport for what is to go by its name: the connections of the one before end,
   * and its places open anew.
   *
   * @param name as {@link ListenSpec#transport}
   */
  public synchronized void use(String name, SessionTransport next) {
    if (transports.get(name) != next && !closed) {
      change(name, next);
    }
  }

  /** A transport has gone; nothing happens if another one of its name is used already. */
  public synchronized void forget(String name, SessionTransport gone) {
    if (transports.get(name) == gone && gone != null) {
      change(name, null);
    }
  }

  private void change(String name, SessionTransport next) {
    transports.put(name, next);
    places.use(name, null);
    List<Connection> before = desk.connections().of(name);
    desk.connections().use(name, next);
    before.forEach(each -> each.end("the transport has changed"));
    places.use(name, next);
  }

  /**
   * Has something done by the core's thread.
   *
   * @param command gets the steady time; must not block
   * @return false if it will not be done, because too much waits or this is closed
   */
  public boolean execute(LongConsumer command) {
    return !closed && desk.offer(command);
  }

  /**
   * Asks something of the core on its thread. Whoever waits for the answer must not be on that
   * thread.
   *
   * @param question gets the steady time; must not block
   * @return completed on the core's thread; fails with {@link IllegalStateException} if too much
   *     waits or this is closed, and with what the question throws
   */
  public <T> CompletionStage<T> call(LongFunction<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Question<T> asked = new Question<>(question, answer);
    if (!execute(asked)) {
      asked.refuse(closed ? name + " has stopped" : "too many commands wait for " + name);
    } else if (closed) {
      asked.refuse(name + " has stopped");
    }
    return answer;
  }

  /** A command that somebody waits for. */
  private record Question<T>(LongFunction<T> question, CompletableFuture<T> answer)
      implements LongConsumer {
    @Override
    public void accept(long now) {
      try {
        answer.complete(question.apply(now));
      } catch (RuntimeException | StackOverflowError e) {
        answer.completeExceptionally(e);
      }
    }

    void refuse(String why) {
      answer.completeExceptionally(new IllegalStateException(why));
    }
  }

  /** What is wrong with transport, places and thread, a sentence each. */
  public List<String> complaints() {
    List<String> all = new ArrayList<>(places.complaints(desk.connections().missed()));
    if (!death.isEmpty()) {
      all.add("its thread has ended: " + death + "; restart the bundle");
    }
    return all;
  }

  /** Counters by name in kebab case; those of the transport at its places among them. */
  public Map<String, Long> counters() {
    Map<String, Long> all = desk.counters().snapshot();
    all.putAll(places.counters());
    return all;
  }

  private void run() {
    while (!closed) {
      desk.turn();
      asleep = true;
      long until = desk.deadline();
      if (!closed && !desk.isBusy()) {
        long left = until == SessionEvents.NEVER ? MOST_SLEEP_NANOS : until - now();
        LockSupport.parkNanos(this, Math.max(LEAST_SLEEP_NANOS, Math.min(left, MOST_SLEEP_NANOS)));
      }
      asleep = false;
    }
  }

  private void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void died(Thread ended, Throwable why) {
    death = why.toString();
    LOG.error("{}: its thread has ended; restart the bundle", name, why);
  }

  /**
   * Ends the thread, all connections after what was sent on them, and all places. The core hears
   * nothing of it: what it wants to say before, it says in a command.
   */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() != thread) {
      join();
    }
    synchronized (this) {
      places.listen(List.of());
      transports.keySet().forEach(each -> desk.connections().use(each, null));
      transports.clear();
    }
    desk.connections().all().forEach(Connection::close);
    for (LongConsumer each : desk.leaveAll()) {
      if (each instanceof Question<?> question) {
        question.refuse(name + " has stopped");
      }
    }
  }

  private void join() {
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
