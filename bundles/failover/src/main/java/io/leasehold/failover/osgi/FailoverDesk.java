// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.failover.FailoverControl;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A relationship as the server and operators have it. Any thread. */
final class FailoverDesk implements LeaseGovernor, FailoverStatus, FailoverControl {
  /** What an operator is shown may be so old. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long PATIENCE_SECONDS = 2;

  private record Snapshot(FailoverStatus status, long nanos) {}

  private final FailoverSettings settings;
  private final EndpointDriver relationship;
  private final FailoverHops hops;
  private volatile Snapshot last;

  FailoverDesk(FailoverSettings settings, EndpointDriver relationship, FailoverHops hops) {
    this.settings = settings;
    this.relationship = relationship;
    this.hops = hops;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public GovernorView view() {
    return relationship.view();
  }

  @Override
  public void committed(List<LeaseChange> changes) {
    relationship.committed(changes);
  }

  @Override
  public CompletionStage<String> partnerDown(boolean force) {
    return relationship.order(force ? Order.FORCED_PARTNER_DOWN : Order.PARTNER_DOWN);
  }

  @Override
  public CompletionStage<String> drain() {
    return relationship.order(Order.DRAIN);
  }

  @Override
  public CompletionStage<String> forceRecover() {
    return relationship.order(Order.FORCE_RECOVER);
  }

  @Override
  public boolean isPrimary() {
    return settings.role() == Role.PRIMARY;
  }

  private FailoverStatus now() {
    Snapshot snapshot = last;
    if (snapshot == null || System.nanoTime() - snapshot.nanos() > FRESH_NANOS) {
      snapshot = new Snapshot(asked(), System.nanoTime());
      last = snapshot;
    }
    return snapshot.status();
  }

  private FailoverStatus asked() {
    try {
      return relationship.status().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while failover was asked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("failover does not answer now", e);
    }
  }

  @Override
  public Standing standing() {
    return now().standing();
  }

  @Override
  public Optional<Standing> partner() {
    return now().partner();
  }

  @Override
  public List<String> waysOut() {
    return now().waysOut();
  }

  @Override
  public Contact contact() {
    return now().contact();
  }

  @Override
  public Updates updates() {
    return now().updates();
  }

  @Override
  public List<Share> shares() {
    return now().shares();
  }

  @Override
  public List<String> differences() {
    return now().differences();
  }

  @Override
  public Map<String, Long> counters() {
    return now().counters();
  }

  @Override
  public List<String> alarms() {
    List<String> alarms = new ArrayList<>(now().alarms());
    alarms.addAll(hops.complaints(settings));
    return alarms;
  }

  @Override
  public List<Event> events() {
    return now().events();
  }
}
