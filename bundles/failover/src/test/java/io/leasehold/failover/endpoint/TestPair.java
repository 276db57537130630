// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.connection.ConnectionSlot;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Two servers, their clock, and the wire between them, which loses nothing unless it is cut. */
final class TestPair implements Wire {
  final TestClock clock = new TestClock();
  final Node primary;
  final Node secondary;

  /** What was on the wire: {@code > CONNECT} from the primary, {@code < CONNECTREPLY} to it. */
  final List<String> wire = new ArrayList<>();

  private static final int MOST_STEPS = 100_000;

  private final Deque<Runnable> events = new ArrayDeque<>();
  private long happened;
  private long interruption;
  private Runnable interruptingBy;
  private long connection;
  private boolean isOpen;
  private boolean isCut;

  TestPair(String... lines) {
    primary = new Node(Role.PRIMARY, clock, this, lines);
    secondary = new Node(Role.SECONDARY, clock, this, lines);
  }

  /** Two servers that are in NORMAL. */
  static TestPair normal(String... lines) {
    TestPair pair = new TestPair(lines).boot();
    pair.wire.clear();
    return pair;
  }

  TestPair boot() {
    secondary.boot();
    primary.boot();
    settle();
    return this;
  }

  /** Boots one of them. */
  void boot(Node node) {
    node.boot();
    settle();
  }

  /** One of them loses its power. */
  void crash(Node node) {
    node.crash();
    end("the partner is gone");
    settle();
  }

  /** One of them stops in good order. */
  void stop(Node node) {
    node.endpoint.stop(node.now());
    settle();
    crash(node);
  }

  /** Nothing goes through any more. */
  void cut() {
    isCut = true;
    end("cut");
    settle();
  }

  void heal() {
    isCut = false;
  }

  private void end(String why) {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    long ended = connection;
    events.clear();
    for (Node node : List.of(primary, secondary)) {
      events.add(() -> tellEnd(node, ended, why));
    }
  }

  private static void tellEnd(Node node, long ended, String why) {
    if (node.isUp()) {
      node.endpoint.onEnded(ended, why, node.now());
    }
  }

  @Override
  public void open(Node from) {
    boolean isPossible = !isCut && secondary.isUp();
    events.add(
        () -> {
          if (!primary.isUp()) {
            return;
          }
          if (isPossible) {
            connection++;
            isOpen = true;
            primary.endpoint.onOpened(connection, true, primary.now());
          } else {
            primary.endpoint.onEnded(ConnectionSlot.NONE, "no connection", primary.now());
          }
        });
  }

  @Override
  public void send(Node from, long on, FailoverMessage message) {
    if (!isOpen || on != connection) {
      return;
    }
    if (message.type() != Dhcp6MessageType.CONTACT) {
      wire.add((from == primary ? "> " : "< ") + Node.word(message));
    }
    FailoverMessage timed = message.sentAt(AbsoluteTime.ofUnixSeconds(from.now().wallSeconds()));
    FailoverFrame arrived = FailoverFrame.decode(timed.encode());
    Node to = from == primary ? secondary : primary;
    if (message.type() != Dhcp6MessageType.CONTACT) {
      events.add(() -> happened++);
    }
    events.add(() -> deliver(to, on, (FailoverMessage) arrived));
  }

  private void deliver(Node to, long on, FailoverMessage message) {
    if (!to.isUp()) {
      return;
    }
    if (message.type() == Dhcp6MessageType.CONNECT) {
      to.endpoint.onConnect(on, true, message, to.now());
    } else {
      to.endpoint.onFrame(on, message, to.now());
    }
  }

  @Override
  public void close(Node from, long on, String why) {
    if (isOpen && on == connection) {
      isOpen = false;
      Node other = from == primary ? secondary : primary;
      events.add(() -> tellEnd(other, on, why));
    }
  }

  /** Something that comes in between, before that many more messages are delivered. */
  void interruptAfter(int more, Runnable what) {
    interruption = happened + more;
    interruptingBy = what;
  }

  /** Whether what was to come in between has come. */
  boolean wasInterrupted() {
    return interruptingBy == null;
  }

  private void interrupt() {
    if (interruptingBy != null && happened == interruption) {
      Runnable what = interruptingBy;
      interruptingBy = null;
      what.run();
    }
  }

  /** The connection breaks, and can be made anew. */
  void snap() {
    end("broken");
  }

  /** One of them loses its power while something happens. */
  void drop(Node node) {
    node.crash();
    end("the partner is gone");
  }

  /** Lets everything happen that takes no time. */
  void settle() {
    int steps = 0;
    do {
      assertThat(++steps).as("steps without any time").isLessThan(MOST_STEPS);
      primary.drain();
      secondary.drain();
      Runnable event = events.poll();
      if (event != null) {
        event.run();
        interrupt();
      }
      primary.drain();
      secondary.drain();
    } while (!events.isEmpty());
  }

  /** Lets time pass, and every timer run when it wants to. */
  void pass(long seconds) {
    passUntil(seconds, () -> false);
  }

  /** The same until something is so; how long that took, or so long if it never was. */
  long passUntil(long seconds, BooleanSupplier isEnough) {
    long begin = clock.now().steadyNanos();
    long end = clock.now().deadline(seconds);
    int steps = 0;
    while (!isEnough.getAsBoolean() && due() <= end) {
      assertThat(++steps).as("timers").isLessThan(MOST_STEPS);
      clock.reach(due());
      for (Node node : List.of(primary, secondary)) {
        if (node.isUp() && node.now().isAt(node.endpoint.nextDeadline())) {
          node.tick();
        }
      }
      settle();
    }
    if (!isEnough.getAsBoolean()) {
      clock.reach(end);
    }
    return (clock.now().steadyNanos() - begin) / 1_000_000_000L;
  }

  private long due() {
    long first = primary.isUp() ? primary.endpoint.nextDeadline() : Moment.NEVER;
    long second = secondary.isUp() ? secondary.endpoint.nextDeadline() : Moment.NEVER;
    return Math.min(first, second);
  }

  boolean areBoth(ServerState state) {
    return primary.isUp()
        && secondary.isUp()
        && primary.state() == state
        && secondary.state() == state;
  }

  /** All is as it should be, on both sides. */
  void assertNormal() {
    assertThat(primary.state()).isEqualTo(ServerState.NORMAL);
    assertThat(secondary.state()).isEqualTo(ServerState.NORMAL);
    assertThat(primary.service()).isEqualTo(Service.ALL);
    assertThat(secondary.service()).isEqualTo(Service.OWN);
    assertThat(primary.content()).isEqualTo(secondary.content());
    for (Node node : List.of(primary, secondary)) {
      assertThat(node.status().alarms()).as("%s", node.settings.role()).isEmpty();
      assertThat(node.stored().own().state()).isEqualTo(ServerState.NORMAL);
    }
  }
}
