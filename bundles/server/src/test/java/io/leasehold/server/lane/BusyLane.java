// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.transport.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A real lane to which each request costs some time, and each batch of leases the store's time. It
 * works as the lane's thread does; what comes in waits in a queue that a test chooses.
 */
final class BusyLane {
  static final Duid ID = Duid.ofText("00:02:00:00:00:09:01");
  static final long MICRO = 1_000;

  /** An exchange of four messages takes 500 µs: the lane does 2,000 in a second. */
  static final long NANOS_OF_A_REQUEST = 250 * MICRO;

  private static final long NANOS_OF_A_SYNC = 5_000 * MICRO;

  /** Where requests wait. */
  interface Queue {
    /** Lets a request wait, or drops it. */
    void offer(Job<?> job, long now);

    /** Takes out what one turn answers; what is returned runs when the store has its changes. */
    Runnable take(List<Job<?>> into, boolean withPromises, long now);

    /** The turn has ended. */
    void turned(long now);
  }

  final Counters counters;
  private final Agenda agenda;
  private final Queue queue;
  private final Lane lane;
  private final Regime regime;
  private boolean working;
  private int inFlight;

  BusyLane(Agenda agenda, Queue queue, Counters counters) {
    this.agenda = agenda;
    this.queue = queue;
    this.counters = counters;
    lane = new Lane(0, counters, new SplittableRandom(1));
    regime = new Regime(plan(), ID, List.of(), counters, 1);
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
  }

  /** The server's own queue. */
  static Queue served(Counters counters) {
    Backlog backlog = new Backlog(8192, counters, 1);
    return new Queue() {
      @Override
      public void offer(Job<?> job, long now) {
        backlog.offer(job, now);
      }

      @Override
      public Runnable take(List<Job<?>> into, boolean withPromises, long now) {
        Backlog.Open open = backlog.take(into, withPromises, now);
        return () -> backlog.answered(open);
      }

      @Override
      public void turned(long now) {
        backlog.turned(now);
      }
    };
  }

  /** A datagram comes in. */
  void receive(Bytes datagram, Path path) {
    Job<?> job = regime.accept(Family.IPV6, datagram, Arrival.of(path, RelayRight.EVERYBODY), path);
    if (job != null) {
      queue.offer(job, agenda.now());
      work();
    }
  }

  private void work() {
    if (working) {
      return;
    }
    List<Job<?>> jobs = new ArrayList<>();
    Runnable answered = queue.take(jobs, inFlight == 0, agenda.now());
    if (jobs.isEmpty()) {
      return;
    }
    working = true;
    agenda.after(jobs.size() * NANOS_OF_A_REQUEST, () -> answer(jobs, answered));
  }

  private void answer(List<Job<?>> jobs, Runnable answered) {
    Turn turn = lane.turn(jobs, agenda.now() / 1_000_000_000, true);
    turn.immediate().forEach(Reply::send);
    queue.turned(agenda.now());
    if (turn.changes().isEmpty()) {
      answered.run();
    } else {
      inFlight++;
      agenda.after(
          NANOS_OF_A_SYNC,
          () -> {
            inFlight--;
            turn.whenDurable().forEach(Reply::send);
            answered.run();
            work();
          });
    }
    working = false;
    work();
  }

  private static ServerPlan plan() {
    String text =
        "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8::/64\",\"interface\":\"eth1\","
            + "\"pools\":[{\"pool\":\"2001:db8::/80\"}]}]}}";
    return new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("test.json", text)), List.of())
        .plan()
        .orElseThrow();
  }
}
