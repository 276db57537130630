// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.connection.ConnectionSlot;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.endpoint.FailoverEndpoint;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Failover in one life of a server: gives its endpoint what happens, in events of the world, and
 * carries out what that wants. The power may go before or after each effect; those that write take
 * their time in the store.
 */
final class SimFailover implements LeaseGovernor, SimWire.Opening {
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_TURNS_AT_ONCE = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PairServer host;
  private final SimWorld world;
  private final RandomGenerator random;
  private final FailoverEndpoint endpoint;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<List<LeaseChange>> hints = new ArrayDeque<>();
  private final Map<Long, SimStream> streams = new HashMap<>();
  private final long bornMillis;
  private SimWorld.Event turn;
  private long turnMillis;
  private long turnsAtMillis;
  private int turnsNow;
  private boolean hintsLost;
  private boolean off;
  private boolean stopping;
  private Runnable whenStopped = () -> {};
  private ServerState last;

  SimFailover(PairServer host, SimWorld world, RandomGenerator random) {
    this.host = host;
    this.world = world;
    this.random = random;
    this.bornMillis = world.millis() - random.nextLong(1000, 100_000);
    this.endpoint =
        new FailoverEndpoint(
            host.setup().settings(),
            host.store().readNote(noteName()),
            key -> host.engine().governed().contains(name(), key),
            () -> host.engine().governed().pools(name()),
            random,
            now());
    post(() -> endpoint.start(now()));
  }

  private String noteName() {
    return "failover/" + name();
  }

  @Override
  public String name() {
    return PairServer.RELATIONSHIP;
  }

  @Override
  public GovernorView view() {
    return endpoint.view();
  }

  @Override
  public void committed(List<LeaseChange> changes) {
    if (off) {
      return;
    }
    if (host.losesHints()) {
      hintsLost = true;
    } else {
      hints.add(changes);
    }
    wake(random.nextInt(5));
  }

  ServerState state() {
    return endpoint.state();
  }

  FailoverEndpoint endpoint() {
    return endpoint;
  }

  /** The machine is off. */
  void off() {
    off = true;
  }

  /** Ends in good order. */
  void stop(Runnable then) {
    post(
        () -> {
          endpoint.stop(now());
          stopping = true;
          whenStopped = then;
        });
  }

  /** An operator orders something. */
  void order(Order order) {
    world.note(host.name() + " is ordered " + order);
    post(() -> endpoint.onOperator(order, new Told(order), now()));
  }

  /** What becomes of an order. */
  private final class Told implements Completion<String> {
    private final Order order;

    Told(Order order) {
      this.order = order;
    }

    @Override
    public void done(String result, Moment now) {
      world.note(host.name() + " has done " + order);
    }

    @Override
    public void failed(String why, Moment now) {
      world.note(host.name() + " does not do " + order + ": " + why);
    }
  }

  private Moment now() {
    return new Moment(
        host.setup().clock().millis() / 1000, (world.millis() - bornMillis) * NANOS_PER_MILLI);
  }

  /** The secondary: a primary has connected. */
  void accepted(SimStream stream) {
    streams.put(stream.number(), stream);
  }

  @Override
  public boolean isWanted() {
    return !off;
  }

  @Override
  public void opened(SimStream stream) {
    streams.put(stream.number(), stream);
    Moment arrived = now();
    post(() -> endpoint.onOpened(stream.number(), true, arrived));
  }

  @Override
  public void failed(String why) {
    post(() -> endpoint.onEnded(ConnectionSlot.NONE, why, now()));
  }

  /** A message came. */
  void message(SimStream stream, Bytes octets) {
    FailoverFrame frame = FailoverFrame.decode(octets);
    Moment arrived = now();
    post(
        () -> {
          if (streams.containsKey(stream.number())) {
            take(stream.number(), frame, arrived);
          }
        });
  }

  private void take(long number, FailoverFrame frame, Moment arrived) {
    if (frame instanceof FailoverMessage connect && connect.type() == Dhcp6MessageType.CONNECT) {
      endpoint.onConnect(number, true, connect, arrived);
    } else {
      endpoint.onFrame(number, frame, arrived);
    }
  }

  /** A connection is over. */
  void ended(SimStream stream, String why) {
    post(
        () -> {
          if (streams.remove(stream.number()) != null) {
            endpoint.onEnded(stream.number(), why, now());
          }
        });
  }

  private void post(Runnable task) {
    if (!off) {
      tasks.add(task);
      wake(random.nextInt(3));
    }
  }

  private void wake(long delayMillis) {
    long at = world.millis() + delayMillis;
    if (turn == null || turnMillis > at) {
      if (turn != null) {
        turn.cancel();
      }
      turnMillis = at;
      turn = world.after(delayMillis, this::turn);
    }
  }

  private void turn() {
    turn = null;
    int left = MOST_AT_ONCE;
    while (!off && left-- > 0 && !tasks.isEmpty()) {
      tasks.poll().run();
      carryOut();
    }
    while (!off && left-- > 0 && !hints.isEmpty()) {
      endpoint.onCommitted(hints.poll(), now());
      carryOut();
    }
    if (!off && hintsLost) {
      hintsLost = false;
      endpoint.onMissed(now());
      carryOut();
    }
    if (!off) {
      endpoint.onTimer(now());
      carryOut();
    }
    if (!off) {
      settle();
    }
  }

  private void settle() {
    if (last != endpoint.state()) {
      last = endpoint.state();
      host.entered(last);
      world.note(last.code(), () -> host.name() + " is in " + last);
    }
    if (stopping && endpoint.unanswered() == 0) {
      whenStopped.run();
      return;
    }
    if (!tasks.isEmpty() || !hints.isEmpty()) {
      wake(0);
    } else if (endpoint.nextDeadline() != Moment.NEVER) {
      long wait = endpoint.nextDeadline() - now().steadyNanos();
      mustNotSpin();
      wake(Math.max(0, (wait + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
    }
  }

  /** A deadline that has come and stays would keep a processor busy. */
  private void mustNotSpin() {
    turnsNow = turnsAtMillis == world.millis() ? turnsNow + 1 : 0;
    turnsAtMillis = world.millis();
    if (turnsNow > MOST_TURNS_AT_ONCE) {
      world.fail(host.name() + " wants to do something now, and has nothing to do: " + last);
    }
  }

  private void carryOut() {
    while (!off) {
      Effect next = endpoint.poll();
      if (next == null || host.losesPower()) {
        return;
      }
      carryOut(next);
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Open) {
      host.wire().open(this);
    } else if (effect instanceof Effect.Send send) {
      send(send.connection(), send.frame());
    } else if (effect instanceof Effect.Close close) {
      SimStream stream = streams.remove(close.connection());
      if (stream != null) {
        world.note(host.name() + " closes: " + close.why());
        stream.close();
      }
    } else if (effect instanceof Effect.Persist persist) {
      Batch batch = new Batch(List.of(), List.of(new NoteChange(noteName(), persist.note())));
      await(persist.token(), host.store().append(batch).thenApply(position -> null));
    } else if (effect instanceof Effect.Edit edit) {
      await(edit.token(), host.engine().governed().edit(name(), edit.edits()));
    } else if (effect instanceof Effect.Amend amend) {
      await(amend.token(), host.engine().governed().amend(name(), amend.edits()));
    } else if (effect instanceof Effect.Scan scan) {
      await(scan.token(), host.engine().governed().page(name(), scan.after(), scan.limit()));
    } else if (effect instanceof Effect.Report report) {
      world.note(report.what().hashCode(), () -> host.name() + ": " + report.what());
    }
    host.planRound();
  }

  private void send(long connection, FailoverFrame frame) {
    SimStream stream = streams.get(connection);
    if (stream == null) {
      return;
    }
    world.note(frame.type(), () -> host.name() + " says " + frame);
    if (frame instanceof FailoverMessage message) {
      host.setup().rules().says(host, message);
    }
    FailoverFrame timed =
        frame instanceof FailoverMessage message
            ? message.sentAt(AbsoluteTime.ofUnixSeconds(now().wallSeconds()))
            : frame;
    stream.send(timed.encode());
  }

  private void await(long token, CompletionStage<?> stage) {
    stage.whenComplete((result, why) -> post(() -> answered(token, result, why)));
  }

  private void answered(long token, Object result, Throwable why) {
    if (why == null) {
      endpoint.done(token, result, now());
    } else {
      endpoint.failed(token, String.valueOf(why.getMessage()), now());
    }
  }
}
