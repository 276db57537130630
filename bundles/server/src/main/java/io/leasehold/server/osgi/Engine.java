// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Replay;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.LeaseShares;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Origins;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.protocol.Glance;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The lanes and what goes on between them. Packets come in on any thread; regimes and stores are
 * changed by one thread, the server's control thread.
 */
final class Engine implements AutoCloseable {
  private final Counters counters;
  private final Host host;
  private final Prober prober;
  private final List<LaneThread> lanes = new ArrayList<>();
  private final LeaseMemory memory = new LeaseMemory();
  private final Origins origins;
  private volatile Regime regime;
  private volatile boolean late;
  private volatile long lastLate;

  /**
   * How much there is of everything.
   *
   * @param lanes how many lanes
   * @param queueCapacity how many requests may wait for one lane
   * @param limits how many conversations may begin
   */
  record Size(int lanes, int queueCapacity, Limits limits) {}

  /** What lanes have of the machine that they are on. */
  interface Host {
    InstantSource clock();

    /** Nanoseconds of a clock that never goes back. */
    default long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock().millis());
    }

    /** A source of chance for one lane. */
    RandomGenerator chance();

    /** Lets a lane run from now on. */
    void start(LaneThread lane);

    /** Returns when something is done that lanes do. */
    void await(CompletableFuture<?> done);
  }

  /** A thread for each lane. */
  private record Threads(InstantSource clock) implements Host {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public RandomGenerator chance() {
      return new SecureRandom();
    }

    @Override
    public void start(LaneThread lane) {
      lane.start();
    }

    @Override
    public void await(CompletableFuture<?> done) {
      done.join();
    }
  }

  /**
   * Starts idle lanes, each on a thread of its own.
   *
   * @param committed is told what became durable; must not block
   */
  Engine(
      Size size,
      Counters counters,
      InstantSource clock,
      Consumer<List<LeaseChange>> committed,
      Prober prober) {
    this(size, counters, new Threads(clock), committed, prober);
  }

  /** Starts idle lanes on a host. */
  Engine(
      Size size,
      Counters counters,
      Host host,
      Consumer<List<LeaseChange>> committed,
      Prober prober) {
    this.counters = counters;
    this.host = host;
    this.prober = prober;
    this.origins = new Origins(host.chance().nextLong());
    LaneThread.Setting setting =
        new LaneThread.Setting(
            size.queueCapacity(),
            host.chance().nextLong(),
            counters,
            host.clock(),
            host::nanos,
            this::pass,
            committed,
            prober);
    for (int index = 0; index < size.lanes(); index++) {
      Lane core = new Lane(index, size.limits(), memory.memory(), counters, host.chance());
      LaneThread lane = new LaneThread(index, core, setting);
      lanes.add(lane);
      host.start(lane);
    }
  }

  /** Takes what comes in of one family. */
  Inbound inbound(Family family) {
    return new Inbound() {
      @Override
      public void message(Bytes message, Path path) {
        gather(message, path);
        gathered();
      }

      @Override
      public void gather(Bytes message, Path path) {
        take(family, message, path);
      }

      @Override
      public void late(Bytes message, Path path) {
        takeLate(family, message, path);
      }

      @Override
      public void gathered() {
        lanes.forEach(LaneThread::attend);
      }
    };
  }

  /**
   * More comes than is taken. What has waited in the kernel is in no order; that what goes first
   * waits no longer, what begins is dropped at a glance until nothing waits there.
   */
  private void takeLate(Family family, Bytes datagram, Path path) {
    if (Glance.at(family).begins(datagram)) {
      lastLate = host.nanos();
      late = true;
      shed(family);
    } else {
      take(family, datagram, path);
    }
  }

  private void take(Family family, Bytes datagram, Path path) {
    Regime current = regime;
    if (current == null) {
      counters.count(PacketCounter.NO_PLAN.of(family));
      return;
    }
    boolean shedding = isShedding();
    if (shedding && sheds(family, datagram, path)) {
      return;
    }
    Job<?> job = current.accept(family, datagram, path);
    if (job != null) {
      int lane = dispatch(job);
      if (shedding) {
        origins.learn(origins.of(family, datagram, path), lane);
      }
    }
  }

  /** Drops what begins a conversation that its lane would not take, before it costs any more. */
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

  private int dispatch(Job<?> job) {
    int lane = job.regime().laneOf(job.request());
    lanes.get(lane).offer(job);
    return lane;
  }

  /** From one lane to another, whose thread goes on with it: no lane works for another. */
  private void pass(Job<?> job) {
    lanes.get(dispatch(job)).wake();
  }

  /** What wants attention, a sentence each. */
  List<String> alarms() {
    List<String> found = new ArrayList<>(memory.alarms());
    if (late && host.nanos() - lastLate < TimeUnit.SECONDS.toNanos(1)) {
      found.add(
          "overloaded: more comes in than the server can receive, so clients that begin are dropped"
              + " (counters *-drop-overload) and clients with leases are served");
    }
    for (int index = 0; index < lanes.size(); index++) {
      if (lanes.get(index).isShedding()) {
        found.add(
            ("overloaded: lane %d has more to do than it can, so clients that begin are dropped"
                    + " (counters *-drop-overload) and clients with leases are served")
                .formatted(index));
      }
    }
    return found;
  }

  private boolean isShedding() {
    for (LaneThread lane : lanes) {
      if (lane.isShedding()) {
        return true;
      }
    }
    return false;
  }

  /** The regime in force, or null. */
  Regime regime() {
    return regime;
  }

  Prober prober() {
    return prober;
  }

  LeaseMemory memory() {
    return memory;
  }

  int laneCount() {
    return lanes.size();
  }

  /** Serves under a regime with the same plan and other hooks. */
  void serveUnder(Regime next) {
    regime = next;
    all(each(lane -> lane.call(target -> serveUnder(target, next))));
  }

  private static Void serveUnder(Lane lane, Regime next) {
    lane.serveUnder(next);
    return null;
  }

  /**
   * Serves under another plan. Requests wait meanwhile and are lost only if a queue overflows.
   *
   * @param policies finds an allocation policy by its word
   */
  void change(Regime next, Function<String, AllocationPolicy> policies) {
    all(each(LaneThread::pause));
    try {
      new LeaseMove(lanes, host::await).move(regime, next);
      adopt(next, new LeaseShares(next, all(each(lane -> lane.call(Lane::table)))), policies);
    } catch (RuntimeException e) {
      // Some leases may be on their way: they are read from the store again.
      forgetStore();
      throw e;
    } finally {
      lanes.forEach(LaneThread::resume);
    }
  }

  /**
   * Takes the leases of a store and serves with it.
   *
   * @throws IOException if the store cannot give them, or they do not fit into memory; then nothing
   *     has changed, or the lanes have no leases if there is no room for them twice
   */
  Replay load(LeaseStore store, Regime next, Function<String, AllocationPolicy> policies)
      throws IOException {
    all(each(LaneThread::pause));
    try {
      if (regime != null && memory.holdsTooMuchForTwo()) {
        adopt(regime, shares(regime), policies);
      }
      LeaseShares shares = shares(next);
      Replay replay = replay(store, shares);
      adopt(next, shares, policies);
      all(each(lane -> lane.call(target -> trust(lane, store))));
      return replay;
    } finally {
      lanes.forEach(LaneThread::resume);
    }
  }

  private Replay replay(LeaseStore store, LeaseShares into) throws IOException {
    try {
      return store.replay(into);
    } catch (IOException | RuntimeException e) {
      int read = into.size();
      into.discard();
      throw memory.failure(e, read);
    }
  }

  /** Goes on without a store: nothing is promised to a client. */
  void forgetStore() {
    all(each(lane -> lane.call(target -> trust(lane, null))));
  }

  private static Void trust(LaneThread lane, LeaseStore store) {
    lane.trust(store);
    return null;
  }

  private LeaseShares shares(Regime next) {
    return new LeaseShares(next, all(each(lane -> lane.call(Lane::newTable))));
  }

  private void adopt(Regime next, LeaseShares shares, Function<String, AllocationPolicy> policies) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int index = 0; index < lanes.size(); index++) {
      LeaseTable share = shares.of(index);
      done.add(lanes.get(index).call(lane -> adopt(lane, next, share, policies)));
    }
    all(done);
    regime = next;
    origins.clear();
  }

  private static Void adopt(
      Lane lane, Regime next, LeaseTable share, Function<String, AllocationPolicy> policies) {
    lane.adopt(next, share, policies);
    return null;
  }

  /** Whether a lane has seen the store fail, so that the leases must be loaded anew. */
  boolean hasLostStore() {
    return lanes.stream().anyMatch(LaneThread::hasLostStore);
  }

  /** Does something with every lane. */
  <T> List<CompletableFuture<T>> each(Function<LaneThread, CompletableFuture<T>> what) {
    return lanes.stream().map(what).toList();
  }

  /** Waits for all of what lanes do. */
  private <T> List<T> all(List<CompletableFuture<T>> futures) {
    host.await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    return join(futures);
  }

  /** Waits for all. */
  static <T> List<T> join(List<CompletableFuture<T>> futures) {
    return futures.stream().map(CompletableFuture::join).toList();
  }

  /** How many requests wait, in all lanes. */
  int queued() {
    return lanes.stream().mapToInt(LaneThread::queued).sum();
  }

  @Override
  public void close() {
    regime = null;
    lanes.forEach(LaneThread::stop);
  }
}
