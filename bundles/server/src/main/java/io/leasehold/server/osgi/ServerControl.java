// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.net.Duid;
import io.leasehold.server.PlanReport;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.HookBook;
import io.leasehold.server.protocol.LogNames;
import io.leasehold.server.protocol.Observers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is there (plan, store, transport, option definitions, hooks) together into a server
 * that serves, whenever one of them changes. One thread, the control thread, does that; it also
 * looks by itself whether something is missing.
 */
final class ServerControl implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerControl.class);

  /** How often the control thread looks whether something is missing. */
  private static final long LOOK_MILLIS = 50;

  /** Once clients are served, it looks every so many times only. */
  private static final int LOOKS_WHEN_READY = 20;

  private final ServerSettings settings;
  private final Surroundings surroundings;
  private final PlanFiles files;
  private final Counters counters;
  private final InstantSource clock;
  private final LogNames names;
  private final HookBook hooks;
  private final Engine engine;
  private final Listening listening;
  private final Relief relief;
  private final Governors governors;
  private final ScheduledExecutorService thread;

  private volatile ServerPlan wanted;
  private List<OptionDefinition> compiledWith = List.of();
  private List<PacketInterceptor> hooksInUse = List.of();
  private List<AllocationPolicy> policiesInUse = List.of();
  private LeaseStore loadedFrom;
  private long loadedEpoch;
  private long looks;
  private long patientUntil;
  private volatile PlanReport inForce;
  private volatile OptionCatalogue catalogue = Dhcp6OptionTable.CATALOGUE;
  private volatile PlanRefusal refusal;
  private volatile String storeObstacle = "the lease store has not been read yet";
  private volatile Instant readySince;
  private volatile Instant loadingSince;

  ServerControl(
      ServerSettings settings,
      Surroundings surroundings,
      PlanFiles files,
      Counters counters,
      Engine engine) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.files = files;
    this.counters = counters;
    this.clock = settings.clock();
    this.names = new LogNames(settings.privacy().names(), LogKey.in(settings.dataDirectory()));
    this.hooks = new HookBook(settings.patience(), System::nanoTime, counters);
    this.engine = engine;
    this.listening = new Listening(settings, surroundings, engine, counters);
    this.relief = new Relief(counters, listening.bindings());
    this.governors = new Governors(surroundings, engine);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("leasehold-server-control"));
    thread.execute(this::readFirstPlan);
    thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Something around the server has changed; completes when the server has followed. */
  CompletableFuture<Void> changed() {
    return submit(
        () -> {
          if (!surroundings.definitions().equals(compiledWith)) {
            recompile();
          }
          reconcile();
          return null;
        });
  }

  /**
   * Reads the plan anew; see {@link io.leasehold.server.PlanControl#reload}.
   *
   * @param reading reads it, on the control thread; what it throws changes nothing
   * @param remark goes into the history
   */
  CompletableFuture<PlanReport> reload(
      Function<Collection<OptionDefinition>, PlanFiles.Reading> reading, String remark) {
    return submit(
        () -> {
          PlanReport report = read(reading, remark);
          reconcile();
          return report;
        });
  }

  private <T> CompletableFuture<T> submit(Supplier<T> what) {
    try {
      return CompletableFuture.supplyAsync(what, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IllegalStateException("the server is stopping", e));
    }
  }

  private void readFirstPlan() {
    files.finishInstalling();
    PlanReport report = read(files::read, "the server started");
    if (!report.accepted()) {
      useLastGood();
    }
  }

  private void recompile() {
    PlanReport report = read(files::read, "option definitions or policies of bundles changed");
    if (!report.accepted() && inForce == null) {
      useLastGood();
    }
  }

  private PlanReport read(
      Function<Collection<OptionDefinition>, PlanFiles.Reading> source, String remark) {
    List<OptionDefinition> definitions = List.copyOf(surroundings.definitions());
    PlanFiles.Reading reading = source.apply(definitions);
    compiledWith = definitions;
    policiesInUse = List.copyOf(surroundings.policies());
    PlanReport report = reading.report();
    if (reading.plan().isPresent()) {
      use(reading.plan().get(), report);
      refusal = null;
      files.use(reading, clock.instant(), remark);
      LOG.info("plan accepted: {}", report.summary());
    } else {
      counters.count(ServerCounter.PLAN_REFUSED.word());
      refusal = new PlanRefusal(files.directory(), report);
      LOG.error("{}", refusal.alarm());
    }
    return report;
  }

  private void useLastGood() {
    PlanFiles.Reading reading = files.readLastGood(compiledWith);
    if (reading.plan().isPresent()) {
      use(reading.plan().get(), reading.report());
      files.use(reading);
      LOG.warn("the last good plan is used instead: {}", reading.report().summary());
    }
  }

  private void use(ServerPlan plan, PlanReport report) {
    wanted = plan;
    catalogue = plan.catalogue();
    inForce = report;
  }

  private void look() {
    looks++;
    relief.look();
    boolean hurried = looks >= patientUntil && (!storeObstacle.isEmpty() || readySince == null);
    if (hurried || looks % LOOKS_WHEN_READY == 0) {
      engine.traces().look(clock.instant());
      reconcile();
    }
  }

  /**
   * Does what has to be done, and nothing if all is as it should be. Never throws: it would end the
   * timer.
   */
  private void reconcile() {
    try {
      if (!surroundings.policies().equals(policiesInUse)) {
        recompile();
      }
      governors.look();
      if (wanted != null) {
        settleStore();
        engine.purge().look(loadedFrom, settings.privacy().purgeSeconds(), clock.millis());
        if (engine.regime() != null) {
          listening.listen(wanted);
        }
      }
      sayWhetherReady();
    } catch (RuntimeException | LinkageError e) { // a bundle may not fit this one
      patientUntil = looks + LOOKS_WHEN_READY;
      counters.count(ServerCounter.CONTROL_INTERNAL_ERROR.word());
      LOG.error("the server could not be brought in order; tried again in a second", e);
    }
  }

  private void sayWhetherReady() {
    List<String> obstacles = obstacles();
    if (obstacles.isEmpty() && readySince == null) {
      readySince = clock.instant();
      LOG.info("ready");
    } else if (!obstacles.isEmpty() && readySince != null) {
      readySince = null;
      LOG.error("not ready: {}", String.join("; ", obstacles));
    }
  }

  private void settleStore() {
    LeaseStore store = surroundings.store();
    StoreStatus status = store == null ? null : store.status();
    if (status == null || !status.takesChanges()) {
      storeObstacle =
          status == null
              ? "no lease store is installed; install one with feature:install"
                  + " leasehold-store-journal"
              : "the lease store " + store.name() + " takes no changes: " + status.cause();
      if (loadedFrom != null) {
        loadedFrom = null;
        engine.forgetStore();
      }
      followPlan();
    } else if (store != loadedFrom || status.epoch() != loadedEpoch || engine.hasLostStore()) {
      load(store, status.epoch());
    } else {
      followPlan();
    }
  }

  private void load(LeaseStore store, long epoch) {
    loadingSince = clock.instant();
    try {
      Duid serverId = ServerIdentity.of(wanted.v6(), store, clock.millis() / 1000);
      Replay replay = engine.load(store, regime(serverId), surroundings::policy);
      loadedFrom = store;
      loadedEpoch = epoch;
      storeObstacle = "";
      if (replay.changes() > engine.leases()) {
        engine.purge().want();
      }
      replay.repairs().forEach(repair -> LOG.warn("lease store {}: {}", store.name(), repair));
      LOG.info("lease store {}: loaded, {} changes read", store.name(), replay.changes());
    } catch (IOException e) {
      patientUntil = looks + LOOKS_WHEN_READY;
      String obstacle = "the lease store " + store.name() + " cannot be read: " + e.getMessage();
      if (!obstacle.equals(storeObstacle)) {
        LOG.error("{}", obstacle);
      }
      storeObstacle = obstacle;
    } finally {
      loadingSince = null;
    }
  }

  private void followPlan() {
    Regime current = engine.regime();
    if (current == null) {
      return;
    }
    if (current.plan() != wanted) {
      engine.change(
          regime(wanted.v6().settings().serverId().orElse(current.serverId())),
          surroundings::policy);
    } else if (!surroundings.hooks().equals(hooksInUse)) {
      engine.serveUnder(regime(current.serverId()));
    }
  }

  private Regime regime(Duid serverId) {
    hooksInUse = List.copyOf(surroundings.hooks());
    return new Regime(
        wanted,
        serverId,
        new Observers(hooks.use(hooksInUse), counters, names),
        engine.laneCount());
  }

  /** Why clients are not served now. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    if (inForce == null) {
      PlanRefusal refused = refusal;
      return refused == null ? List.of("no plan has been read yet") : refused.obstacles();
    }
    Instant loading = loadingSince;
    if (loading != null) {
      long seconds = Duration.between(loading, clock.instant()).toSeconds();
      found.add("leases are being loaded, for " + seconds + " s so far");
    } else if (!storeObstacle.isEmpty()) {
      found.add(storeObstacle);
    } else if (engine.hasLostStore()) {
      found.add("leases could not be made durable; the store is being read anew");
    }
    if (engine.regime() != null) {
      found.addAll(listening.obstacles());
    } else if (found.isEmpty()) {
      found.add("leases are not loaded yet");
    }
    return found;
  }

  /** Whether clients of at least one endpoint are served. */
  boolean servesSome() {
    return inForce != null
        && storeObstacle.isEmpty()
        && !engine.hasLostStore()
        && listening.bindings().listens();
  }

  /** What wants attention while clients are served. */
  List<String> alarms() {
    List<String> standing = new ArrayList<>(relief.alarms());
    standing.addAll(governors.alarms());
    standing.addAll(hooks.alarms());
    PlanRefusal refused = refusal;
    if (inForce != null && refused != null) {
      standing.add(refused.alarm() + "; the last good plan is in force");
    }
    LeaseStore store = surroundings.store();
    if (store != null && store.status().condition() == StoreStatus.Condition.DEGRADED) {
      standing.add("lease store " + store.name() + ": " + store.status().cause());
    }
    return standing;
  }

  /** The plan in force, or null. */
  ServerPlan plan() {
    return wanted;
  }

  /** The report of the plan in force, or null. */
  PlanReport planInForce() {
    return inForce;
  }

  /** Option definitions of the plan in force. */
  OptionCatalogue catalogue() {
    return catalogue;
  }

  /** Since when clients have been served, or null. */
  Instant readySince() {
    return readySince;
  }

  HookBook hooks() {
    return hooks;
  }

  Listening listening() {
    return listening;
  }

  PlanFiles files() {
    return files;
  }

  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.shutdownNow();
    listening.close();
    engine.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
