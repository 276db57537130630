// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.ConnectionSlot;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.endpoint.FailoverEndpoint;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.lease.LeaseChange;
import io.leasehold.security.Sanitizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One relationship on the thread of failover: gives its endpoint what happens, and carries out what
 * that wants. Methods are for that thread, but for those that say otherwise.
 */
final class EndpointDriver implements FailoverLoop.Turns, Port.Owner {
  /** Leases that may wait; when more come, the marks in the leases are looked for. */
  private static final int MOST_HINTS = 1 << 15;

  /** After a fault, so that one that comes again and again takes nothing from others. */
  private static final long REST_SECONDS = 1;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.failover");

  /** What the relationship uses. */
  record Means(FailoverLoop loop, FailoverHops hops, RelationshipLeases leases) {}

  private final FailoverSettings settings;
  private final Means means;
  private final FailoverEndpoint endpoint;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<List<LeaseChange>> hints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger hintsWaiting = new AtomicInteger();
  private final AtomicBoolean hintsLost = new AtomicBoolean();
  private final Map<Long, Port> ports = new HashMap<>();
  private final PlanWatch plan;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private long restNanos = Moment.NEVER;
  private boolean stopping;
  private volatile GovernorView view;

  /** A relationship whose endpoint is made already. */
  EndpointDriver(FailoverSettings settings, Means means, FailoverEndpoint endpoint) {
    this.settings = settings;
    this.means = means;
    this.endpoint = endpoint;
    this.plan = new PlanWatch(means.leases()::pools);
    this.view = endpoint.view();
  }

  /** What may be promised now. Any thread. */
  GovernorView view() {
    return view;
  }

  /** Begins. Any thread. */
  void start() {
    tasks.add(() -> endpoint.start(now()));
    means.loop().add(this);
  }

  /**
   * Ends it in good order. Any thread.
   *
   * @return completes when the partner was told, and the last time of operation is durable
   */
  CompletionStage<Void> stop() {
    post(
        () -> {
          endpoint.stop(now());
          stopping = true;
        });
    return stopped.whenComplete((done, why) -> means.loop().remove(this));
  }

  /** Something is to be done on the thread of failover. Any thread. */
  void post(Runnable task) {
    tasks.add(task);
    means.loop().hurry();
  }

  /** Leases have changed. Any thread; drops what is too much, which is then looked for. */
  void committed(List<LeaseChange> changes) {
    if (hintsWaiting.get() >= MOST_HINTS) {
      hintsLost.set(true);
      means.loop().wake();
      return;
    }
    hints.add(changes);
    int before = hintsWaiting.getAndAdd(changes.size());
    if (before < FailoverLoop.MANY && before + changes.size() >= FailoverLoop.MANY) {
      means.loop().hurry();
    } else {
      means.loop().wake();
    }
  }

  /** An operator wants something. Any thread. */
  CompletionStage<String> order(Order order) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    post(() -> endpoint.onOperator(order, completing(answer), now()));
    return answer;
  }

  private static Completion<String> completing(CompletableFuture<String> answer) {
    return new Completion<>() {
      @Override
      public void done(String result, Moment now) {
        answer.complete(result);
      }

      @Override
      public void failed(String why, Moment now) {
        answer.completeExceptionally(new IllegalStateException(why));
      }
    };
  }

  /** How it is. Any thread. */
  CompletableFuture<FailoverStatus> status() {
    CompletableFuture<FailoverStatus> status = new CompletableFuture<>();
    post(() -> status.complete(endpoint.status(now())));
    return status;
  }

  private Moment now() {
    return means.loop().now();
  }

  @Override
  public int turn(int most) {
    if (restNanos != Moment.NEVER && !now().isAt(restNanos)) {
      return 0;
    }
    restNanos = Moment.NEVER;
    int left = tasks(most);
    left = hints(left);
    left = ports(left);
    if (hintsLost.getAndSet(false)) {
      endpoint.onMissed(now());
    }
    if (plan.hasChanged(now())) {
      endpoint.onPlanChanged(now());
    }
    carryOut();
    endpoint.onTimer(now());
    carryOut();
    ports.values().forEach(Port::flush);
    if (stopping && endpoint.unanswered() == 0) {
      ports.values().forEach(Port::close);
      ports.clear();
      stopped.complete(null);
    }
    return most - left;
  }

  private int tasks(int most) {
    int left = most;
    Runnable task = left > 0 ? tasks.poll() : null;
    while (task != null) {
      left--;
      task.run();
      carryOut();
      task = left > 0 ? tasks.poll() : null;
    }
    return left;
  }

  private int hints(int most) {
    int left = most;
    List<LeaseChange> all = new ArrayList<>();
    List<LeaseChange> changes = left > 0 ? hints.poll() : null;
    while (changes != null) {
      left--;
      hintsWaiting.addAndGet(-changes.size());
      all.addAll(changes);
      changes = left > 0 ? hints.poll() : null;
    }
    if (!all.isEmpty()) {
      endpoint.onCommitted(all, now());
    }
    return left;
  }

  private int ports(int most) {
    int left = most;
    for (Port each : List.copyOf(ports.values())) {
      while (left > 0 && ports.containsKey(each.number()) && each.turn()) {
        left--;
        carryOut();
      }
    }
    return left;
  }

  /** A primary has said CONNECT on a connection, which is this relationship's now. */
  void take(Port port, FailoverMessage connect, Moment arrived) {
    ports.put(port.number(), port);
    port.give(this);
    endpoint.onConnect(port.number(), port.caller().isSecure(), connect, arrived);
    carryOut();
  }

  @Override
  public void opened(Port port, Moment arrived) {
    endpoint.onOpened(port.number(), port.caller().isSecure(), arrived);
  }

  @Override
  public void frame(Port port, FailoverFrame frame, Moment arrived) {
    endpoint.onFrame(port.number(), frame, arrived);
  }

  @Override
  public void malformed(Port port, String why, Moment arrived) {
    endpoint.onMalformed(port.number(), why, arrived);
  }

  @Override
  public void ended(Port port, String why, Moment now) {
    ports.remove(port.number());
    lost(port, why, now);
  }

  private void lost(Port port, String why, Moment now) {
    endpoint.onEnded(port.wasOpened() ? port.number() : ConnectionSlot.NONE, why, now);
  }

  private void carryOut() {
    for (Effect each = endpoint.poll(); each != null; each = endpoint.poll()) {
      carryOut(each);
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Open) {
      open();
    } else if (effect instanceof Effect.Send send) {
      Port port = ports.get(send.connection());
      if (port != null) {
        port.send(send.frame());
      }
    } else if (effect instanceof Effect.Close close) {
      close(close);
    } else if (effect instanceof Effect.Persist persist) {
      await(persist.token(), means.leases().persist(persist.note()));
    } else if (effect instanceof Effect.Edit edit) {
      await(edit.token(), means.leases().edit(edit.edits()));
    } else if (effect instanceof Effect.Amend amend) {
      amend(amend);
    } else if (effect instanceof Effect.Scan scan) {
      await(scan.token(), means.leases().page(scan.after(), scan.limit()));
    } else if (effect instanceof Effect.Publish publish) {
      view = publish.view();
    } else if (effect instanceof Effect.Report report) {
      tell(report);
    }
  }

  private void open() {
    Port port = means.hops().connect(settings, this, () -> post(this::open));
    ports.put(port.number(), port);
  }

  private void close(Effect.Close close) {
    Port port = ports.remove(close.connection());
    if (port != null) {
      LOG.debug("failover {}: the connection is closed: {}", settings.name(), close.why());
      port.close();
    }
  }

  /** The partner's own words may be in it. */
  private void tell(Effect.Report report) {
    String what = Sanitizer.line(report.what());
    if (report.isWarning()) {
      LOG.warn("failover {}: {}", settings.name(), what);
    } else {
      LOG.info("failover {}: {}", settings.name(), what);
    }
  }

  /** That it is done is no reason to wake up: nothing waits for it. */
  private void amend(Effect.Amend amend) {
    means
        .leases()
        .amend(amend.edits())
        .whenComplete(
            (result, why) -> {
              tasks.add(() -> answered(amend.token(), result, why));
              means.loop().wake();
            });
  }

  private void await(long token, CompletionStage<?> stage) {
    stage.whenComplete((result, why) -> post(() -> answered(token, result, why)));
  }

  private void answered(long token, Object result, Throwable why) {
    if (why == null) {
      endpoint.done(token, result, now());
    } else {
      Throwable cause = why.getCause() == null ? why : why.getCause();
      endpoint.failed(token, String.valueOf(cause.getMessage()), now());
    }
  }

  @Override
  public long deadline() {
    if (restNanos != Moment.NEVER) {
      return restNanos;
    }
    return Math.min(endpoint.nextDeadline(), plan.deadline());
  }

  @Override
  public void failed(RuntimeException why) {
    restNanos = now().deadline(REST_SECONDS);
    List<Port> lost = List.copyOf(ports.values());
    ports.clear();
    for (Port each : lost) {
      each.close(); // the partner shall not wait until it misses CONTACT
      tasks.add(() -> lost(each, "a fault in failover: " + why, now()));
    }
  }
}
