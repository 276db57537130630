// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Origins;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Glance;
import io.leasehold.server.relay.Entrance;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Takes in what transports receive, on their threads, and puts it into the lanes' queues. What
 * begins a conversation for which there is no room is dropped at a glance, so that receiving it
 * costs less than anything else.
 */
final class Reception {
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<LaneThread> lanes;
  private final Counters counters;
  private final LongSupplier nanos;
  private final Origins origins;
  private final Function<Path, Explanation> explanations;
  private volatile Regime regime;
  private volatile boolean late;
  private volatile long lastLate;

  /**
   * Takes nothing in yet.
   *
   * @param lanes all of them, by their number
   * @param nanos a clock that never goes back
   * @param explanations who is told what is decided about a message that came by a way
   */
  Reception(
      List<LaneThread> lanes,
      Counters counters,
      LongSupplier nanos,
      Origins origins,
      Function<Path, Explanation> explanations) {
    this.lanes = lanes;
    this.counters = counters;
    this.nanos = nanos;
    this.origins = origins;
    this.explanations = explanations;
  }

  /** Takes in under another regime, or under none any more. */
  void serveUnder(Regime nextOrNull) {
    regime = nextOrNull;
    origins.clear();
  }

  /** The regime in force, or null. */
  Regime regime() {
    return regime;
  }

  /** Takes what comes in of one family by one way. */
  Inbound inbound(Family family, Entrance entrance) {
    return new Inbound() {
      @Override
      public void message(Bytes message, Path path) {
        gather(message, path);
        gathered();
      }

      @Override
      public void gather(Bytes message, Path path) {
        take(family, entrance, message, path);
      }

      @Override
      public void late(Bytes message, Path path) {
        takeLate(family, entrance, message, path);
      }

      @Override
      public void gathered() {
        lanes.forEach(LaneThread::attend);
      }
    };
  }

  /**
   * More comes than is taken. What has waited in the kernel is in no order; that what goes first
   * waits no longer, what begins is dropped until nothing waits there.
   */
  private void takeLate(Family family, Entrance entrance, Bytes datagram, Path path) {
    if (Glance.at(family).begins(datagram)) {
      lastLate = nanos.getAsLong();
      late = true;
      shed(family);
    } else {
      take(family, entrance, datagram, path);
    }
  }

  private void take(Family family, Entrance entrance, Bytes received, Path path) {
    Regime current = regime;
    if (current == null) {
      counters.count(PacketCounter.NO_PLAN.of(family));
      return;
    }
    boolean shedding = isALaneShedding();
    if (shedding && sheds(family, received, path)) {
      return;
    }
    Bytes datagram = entrance.admit(family, received, path);
    if (datagram == null) {
      return;
    }
    Arrival arrival = Arrival.of(path, entrance.right(path), explanations.apply(path));
    Job<?> job = current.accept(family, datagram, arrival, entrance.answers(path));
    if (job != null) {
      int lane = dispatch(job);
      if (shedding) {
        origins.learn(origins.of(family, datagram, path), lane);
      }
    }
  }

  private boolean isALaneShedding() {
    for (LaneThread lane : lanes) {
      if (lane.isShedding()) {
        return true;
      }
    }
    return false;
  }

  private boolean sheds(Family family, Bytes datagram, Path path) {
    if (!Glance.at(family).begins(datagram)) {
      return false;
    }
    int lane = origins.laneOf(origins.of(family, datagram, path));
    if (lane == Origins.UNKNOWN || !lanes.get(lane).refusesBeginnings()) {
      return false;
    }
    shed(family);
    return true;
  }

  private void shed(Family family) {
    counters.count(PacketCounter.RECEIVED.of(family));
    counters.count(PacketCounter.RECEIVE_DROP.of(family));
    counters.count(PacketCounter.OVERLOAD.of(family));
  }

  /** Puts a request into the queue of its lane, and says which that is. */
  int dispatch(Job<?> job) {
    int lane = job.regime().laneOf(job.request());
    lanes.get(lane).offer(job);
    return lane;
  }

  /** What wants attention, a sentence each. */
  List<String> alarms() {
    List<String> found = new ArrayList<>();
    if (late && nanos.getAsLong() - lastLate < CALM_NANOS) {
      found.add(overloaded("more comes in than the server can receive"));
    }
    for (int index = 0; index < lanes.size(); index++) {
      if (lanes.get(index).isShedding()) {
        found.add(overloaded("lane " + index + " has more to do than it can"));
      }
    }
    return found;
  }

  private static String overloaded(String why) {
    return "overloaded: "
        + why
        + ", so clients that begin are dropped (counters *-drop-overload) and clients with leases"
        + " are served";
  }
}
