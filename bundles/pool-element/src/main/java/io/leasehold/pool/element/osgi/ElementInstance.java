// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.element.AsapEndpoint;
import io.leasehold.pool.element.Identifiers;
import io.leasehold.pool.element.config.ElementPlan;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.run.AnnouncementGroup;
import io.leasehold.rserpool.run.Carriers;
import io.leasehold.rserpool.run.CoreThread;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool element that runs: its thread, its connections, its look at the server. Any thread. */
final class ElementInstance implements PoolElementControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.pool.element");
  private static final long PATIENCE_MILLIS = 1000;
  private static final long LEAVE_MILLIS = 1000;

  /** What operators see at one time. */
  private record Seen(
      List<PoolRegistration> registrations,
      List<RegistrarContact> registrars,
      List<String> alarms) {}

  private final String name;
  private final InstantSource clock;
  private final CoreThread thread;
  private final AsapEndpoint endpoint;
  private final ServerWatch watch;
  private final Optional<HuntSettings.Announced> announced;
  private Optional<AnnouncementGroup> group = Optional.empty();
  private volatile Seen seen = new Seen(List.of(), List.of(), List.of());

  /** A pool element that does not run yet. */
  ElementInstance(
      ElementPlan plan,
      Identifiers identifiers,
      ServerWatch.Services services,
      InstantSource clock) {
    this.name = plan.settings().name();
    this.announced = plan.settings().hunt().announced();
    this.clock = clock;
    this.thread = new CoreThread("pool-element-" + name);
    // Its time begins at 0.
    this.endpoint =
        new AsapEndpoint(
            plan.settings(),
            thread.sessions(),
            identifiers,
            new SecureRandom(),
            each -> LOG.info("pool element {}: {}", name, each),
            0);
    this.watch =
        new ServerWatch(
            plan,
            services,
            next -> thread.execute(now -> endpoint.readiness(next, now)),
            used -> thread.execute(now -> endpoint.utilisation(used, now)));
  }

  void begin() {
    thread.begin(endpoint);
    thread.execute(endpoint::start);
    group =
        announced.map(
            where ->
                new AnnouncementGroup(
                    "pool-element-" + name,
                    where.interfaces(),
                    (source, message) ->
                        thread.execute(
                            now -> endpoint.announcements().heard(source, message, now))));
    watch.begin();
  }

  /** Connects by these transports from now on. */
  void connectBy(Carriers carriers) {
    carriers.serve(thread);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<PoolRegistration> registrations() {
    return look().registrations();
  }

  @Override
  public List<RegistrarContact> registrars() {
    return look().registrars();
  }

  /** How it is now; if that is not heard in time, as it was last. */
  private Seen look() {
    LongFunction<Seen> question =
        now -> {
          Instant wall = clock.instant();
          return new Seen(
              endpoint.registrations(now, wall), endpoint.registrars(now, wall), endpoint.alarms());
        };
    try {
      seen =
          thread.call(question).toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("pool element {} does not say how it is: {}", name, e.toString());
    }
    return seen;
  }

  @Override
  public CompletionStage<String> drain(PoolHandle pool) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ask(
        pool,
        answer,
        now -> {
          if (!endpoint.drain(wire(pool), said -> answer.complete(pool + ": " + said), now)) {
            refuse(pool, answer);
          }
          return now;
        });
    return answer;
  }

  @Override
  public CompletionStage<String> rejoin(PoolHandle pool) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ask(
        pool,
        answer,
        now -> {
          if (endpoint.rejoin(wire(pool), now)) {
            answer.complete(pool + ": the server joins it when it is ready");
          } else {
            refuse(pool, answer);
          }
          return now;
        });
    return answer;
  }

  private void ask(PoolHandle pool, CompletableFuture<String> answer, LongFunction<Long> order) {
    LOG.info("pool element {}: an operator orders something for pool {}", name, pool);
    thread
        .call(order)
        .whenComplete(
            (done, why) -> {
              if (why != null) {
                answer.completeExceptionally(why);
              }
            });
  }

  private void refuse(PoolHandle pool, CompletableFuture<String> answer) {
    answer.completeExceptionally(
        new IllegalStateException("pool element " + name + " has no pool " + pool));
  }

  private static io.leasehold.rserpool.wire.PoolHandle wire(PoolHandle pool) {
    return new io.leasehold.rserpool.wire.PoolHandle(pool.octets());
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(thread.counters());
    all.putAll(endpoint.counters().snapshot());
    all.putAll(endpoint.announcements().counters());
    return all;
  }

  @Override
  public List<String> alarms() {
    List<String> all = new ArrayList<>(thread.complaints());
    group.ifPresent(each -> all.addAll(each.complaints()));
    all.addAll(look().alarms());
    return all;
  }

  /** Leaves all pools, while the server still answers, and ends. */
  @Override
  public void close() {
    watch.close();
    group.ifPresent(AnnouncementGroup::close);
    CompletableFuture<String> left = new CompletableFuture<>();
    thread.execute(now -> endpoint.leave(left::complete, now));
    try {
      left.get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
      thread
          .call(
              now -> {
                endpoint.stop(now);
                return now;
              })
          .toCompletableFuture()
          .get(PATIENCE_MILLIS / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("pool element {} ends without having left its pools: {}", name, e.toString());
    }
    thread.close();
  }
}
