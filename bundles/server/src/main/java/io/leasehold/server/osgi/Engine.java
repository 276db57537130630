// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Replay;
import io.leasehold.net.Family;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.explain.Traces;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.LeaseShares;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Origins;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lane.Succession;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.relay.Entrance;
import io.leasehold.transport.Inbound;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final Host host;
  private final Prober prober;
  private final List<LaneThread> lanes = new ArrayList<>();
  private final LeaseMemory memory = new LeaseMemory();
  private final Reception reception;
  private final Purge purge = new Purge();
  private final Gate gate = new Gate();
  private final Traces traces = new Traces();

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
    this.host = host;
    this.prober = prober;
    this.reception =
        new Reception(
            lanes,
            counters,
            host::nanos,
            new Origins(host.chance().nextLong()),
            path ->
                traces.isOn()
                    ? traces.listen(host.clock().instant(), path.remote())
                    : Explanation.NONE);
    LaneThread.Setting setting =
        new LaneThread.Setting(
            size.queueCapacity(),
            host.chance().nextLong(),
            counters,
            host.clock(),
            host::nanos,
            this::pass,
            purge.andThen(committed),
            prober);
    for (int index = 0; index < size.lanes(); index++) {
      Lane core = new Lane(index, size.limits(), memory.memory(), counters, host.chance());
      LaneThread lane = new LaneThread(index, core, setting);
      lanes.add(lane);
      host.start(lane);
    }
  }

  /** Takes what comes in of one family by one way. */
  Inbound inbound(Family family, Entrance entrance) {
    return reception.inbound(family, entrance);
  }

  /** From one lane to another, whose thread goes on with it: no lane works for another. */
  private void pass(Job<?> job) {
    lanes.get(reception.dispatch(job)).wake();
  }

  /** What wants attention, a sentence each. */
  List<String> alarms() {
    return reception.alarms();
  }

  /** The regime in force, or null. */
  Regime regime() {
    return reception.regime();
  }

  Purge purge() {
    return purge;
  }

  /** What operators want to know of messages. */
  Traces traces() {
    return traces;
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
    reception.serveUnder(next);
    all(each(lane -> lane.let(target -> target.serveUnder(next))));
  }

  /** Lets these say from now on what may be promised on links that name them. */
  void govern(Map<String, LeaseGovernor> governors) {
    all(each(lane -> lane.let(target -> target.govern(governors))));
  }

  /** Does something with lanes and leases when none is on its way from one to another. */
  void between(Runnable what) {
    gate.pass(what);
  }

  /** Answers a request on trial, on its lane; false if its plan is no longer in force. */
  CompletableFuture<Boolean> tryOut(Job<?> job, long now) {
    return lanes.get(job.regime().laneOf(job.request())).call(lane -> lane.tryOut(job, now));
  }

  /** Changes whenever leases go from one lane to another, or are read anew. */
  long moves() {
    return gate.closings();
  }

  /** The lane that has a link. */
  LaneThread laneOf(Link link) {
    return lanes.get(regime().laneOf(link));
  }

  /**
   * Serves under another plan. Its links are opened while the lanes serve; then requests wait while
   * the lanes go over to it.
   *
   * @param policies finds an allocation policy by its word
   */
  void change(Regime next, Function<String, AllocationPolicy> policies) {
    LeaseMove move = new LeaseMove(lanes, host::await, regime(), next);
    prepare(next, policies);
    gate.close();
    try {
      all(each(LaneThread::pause));
      move.move();
      adopt(next, all(each(lane -> lane.call(Lane::table))), policies);
    } catch (RuntimeException e) {
      // Some leases may be on their way: they are read from the store again.
      forgetStore();
      throw e;
    } finally {
      lanes.forEach(LaneThread::resume);
      gate.open();
    }
    untilAll(Succession::releaseSome);
  }

  /** Lets lanes open their links of another plan, a few at a time between two turns. */
  private void prepare(Regime next, Function<String, AllocationPolicy> policies) {
    all(each(lane -> lane.let(target -> target.prepare(next, policies))));
    untilAll(Succession::goOn);
  }

  private void untilAll(Function<Succession, Boolean> isDone) {
    boolean done;
    do {
      done =
          !all(each(lane -> lane.call(target -> isDone.apply(target.succession()))))
              .contains(false);
    } while (!done);
  }

  /**
   * Takes the leases of a store and serves with it.
   *
   * @throws IOException if the store cannot give them, or they do not fit into memory; then nothing
   *     has changed, or the lanes have no leases if there is no room for them twice
   */
  Replay load(LeaseStore store, Regime next, Function<String, AllocationPolicy> policies)
      throws IOException {
    gate.close();
    try {
      all(each(LaneThread::pause));
      if (regime() != null && memory.holdsTooMuchForTwo()) {
        adopt(regime(), newTables(), policies);
        untilAll(Succession::releaseSome);
      }
      LeaseShares shares = new LeaseShares(next, newTables());
      Replay replay = replay(store, shares);
      adopt(next, shares.tables(), policies);
      all(each(lane -> lane.call(target -> trust(lane, store))));
      return replay;
    } finally {
      lanes.forEach(LaneThread::resume);
      gate.open();
      untilAll(Succession::releaseSome);
    }
  }

  private Replay replay(LeaseStore store, LeaseShares into) throws IOException {
    try {
      Replay replay = store.replay(into);
      finish(into);
      return replay;
    } catch (IOException | RuntimeException e) {
      int read = into.size();
      into.discard();
      throw memory.failure(e, read);
    }
  }

  /** Lanes do side by side what is left; the two parts of one table go to different ones. */
  private void finish(LeaseShares shares) {
    List<Runnable> rest = shares.rest();
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int part = 0; part < rest.size(); part++) {
      Runnable what = rest.get(part);
      done.add(
          lanes
              .get((part + 1) / 2 % lanes.size())
              .call(
                  lane -> {
                    what.run();
                    return null;
                  }));
    }
    all(done);
  }

  /** Goes on without a store: nothing is promised to a client. */
  void forgetStore() {
    all(each(lane -> lane.call(target -> trust(lane, null))));
  }

  private static Void trust(LaneThread lane, LeaseStore store) {
    lane.trust(store);
    return null;
  }

  private List<LeaseTable> newTables() {
    return all(each(lane -> lane.call(Lane::newTable)));
  }

  private void adopt(
      Regime next, List<LeaseTable> tables, Function<String, AllocationPolicy> policies) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int index = 0; index < lanes.size(); index++) {
      LeaseTable share = tables.get(index);
      done.add(lanes.get(index).let(lane -> lane.adopt(next, share, policies)));
    }
    all(done);
    reception.serveUnder(next);
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

  /** How many leases there are, in all lanes. */
  long leases() {
    return all(each(lane -> lane.call(Engine::leases))).stream().mapToLong(Long::longValue).sum();
  }

  private static long leases(Lane lane) {
    return (long) lane.size(Family.IPV6) + lane.size(Family.IPV4);
  }

  /** How many requests wait, in all lanes. */
  int queued() {
    return lanes.stream().mapToInt(LaneThread::queued).sum();
  }

  @Override
  public void close() {
    reception.serveUnder(null);
    lanes.forEach(LaneThread::stop);
  }
}
