// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.pool.element.Readiness;
import io.leasehold.pool.element.ServerCondition;
import io.leasehold.pool.element.config.ElementPlan;
import io.leasehold.server.ServerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how the server is, on a thread of its own: the server may wait for its lanes. What it finds
 * is told when it is another than before.
 */
final class ServerWatch implements AutoCloseable {
  /** A server that is sick, or a failover state that is new, is known that soon. */
  static final long PERIOD_MILLIS = 250;

  /** Counting what is used asks all lanes. */
  private static final int PERIODS_OF_LOAD = 20;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.pool.element");

  /** Where the services are that are asked. */
  interface Services {
    /** The server; null if there is none. */
    ServerStatus server();

    /** All relationships. */
    List<FailoverStatus> failovers();

    /** All governors. */
    List<LeaseGovernor> governors();
  }

  private final ElementPlan plan;
  private final Services services;
  private final Consumer<Readiness> readiness;
  private final DoubleConsumer load;
  private final boolean isAdaptive;
  private ScheduledExecutorService thread;
  private Readiness last;
  private int periods;

  ServerWatch(
      ElementPlan plan, Services services, Consumer<Readiness> readiness, DoubleConsumer load) {
    this.plan = plan;
    this.services = services;
    this.readiness = readiness;
    this.load = load;
    this.isAdaptive = plan.settings().pools().stream().anyMatch(each -> each.policy().isAdaptive());
  }

  void begin() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "leasehold-pool-element-watch");
              made.setDaemon(true);
              return made;
            });
    thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks once. For one thread. */
  void look() {
    Readiness now = asked(this::present, Readiness.absent("the server does not say how it is"));
    if (!now.equals(last)) {
      last = now;
      readiness.accept(now);
    }
    if (isAdaptive && now.isReady() && periods++ % PERIODS_OF_LOAD == 0) {
      double used = asked(this::used, -1.0);
      if (used >= 0) {
        load.accept(used);
      }
    }
  }

  /** A service may go while it is asked. */
  private <T> T asked(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.debug("the server does not answer", e);
      return otherwise;
    }
  }

  private double used() {
    ServerStatus server = services.server();
    return server == null ? -1 : ServerCondition.utilisation(server.subnets());
  }

  private Readiness present() {
    ServerStatus server = services.server();
    if (server == null) {
      return ServerCondition.noServer();
    }
    Optional<ServerCondition.Partnership> partnership = Optional.empty();
    if (plan.failover().isPresent()) {
      partnership = partnership(plan.failover().get());
      if (partnership.isEmpty()) {
        return ServerCondition.noPartnership(plan.failover().get());
      }
    }
    return ServerCondition.of(server.obstacles(), server.servesSome(), partnership, plan.rank());
  }

  private Optional<ServerCondition.Partnership> partnership(String name) {
    Optional<LeaseGovernor> governor =
        services.governors().stream().filter(each -> each.name().equals(name)).findFirst();
    return services.failovers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .filter(each -> governor.isPresent())
        .map(
            each ->
                new ServerCondition.Partnership(
                    each.standing().state(), each.isPrimary(), governor.get().view().service()));
  }

  /** Looks no more. */
  @Override
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
