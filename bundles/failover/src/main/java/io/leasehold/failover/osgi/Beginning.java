// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.FailoverControl;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.endpoint.FailoverEndpoint;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a relationship up when what it stored can be read, and takes it down. Until its services
 * are there its subnets are closed.
 */
final class Beginning implements FailoverLoop.Turns {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.failover");
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long REST_SECONDS = 1;
  private static final long STOP_MILLIS = 1500;

  private static final String[] SERVICES = {
    LeaseGovernor.class.getName(), FailoverStatus.class.getName(), FailoverControl.class.getName()
  };

  private final FailoverSettings settings;
  private final FailoverHub hub;
  private final RelationshipLeases leases;
  private final BundleContext context;
  private long retryNanos;
  private volatile boolean closed;
  private volatile EndpointDriver relationship;
  private final AtomicReference<ServiceRegistration<?>> registration = new AtomicReference<>();

  Beginning(
      FailoverSettings settings,
      FailoverHub hub,
      RelationshipLeases leases,
      BundleContext context) {
    this.settings = settings;
    this.hub = hub;
    this.leases = leases;
    this.context = context;
    this.retryNanos = hub.loop().now().steadyNanos();
  }

  /**
   * Waits for the store, without holding anybody up.
   *
   * @throws IllegalArgumentException if another relationship has its name, or listens at its place
   *     in another way
   */
  void begin() {
    hub.door().add(settings, this);
    try {
      hub.hops().listen(settings);
    } catch (IllegalArgumentException e) {
      hub.door().remove(settings, this);
      throw e;
    }
    hub.loop().add(this);
  }

  /** A primary has said CONNECT on a connection, which is this relationship's. */
  void take(Port port, FailoverMessage connect, Moment arrived) {
    if (relationship == null) {
      port.close(); // what was stored is not read yet; the primary comes again
    } else {
      relationship.take(port, connect, arrived);
    }
  }

  @Override
  public int turn(int most) {
    Moment now = hub.loop().now();
    if (closed || relationship != null || !now.isAt(retryNanos)) {
      return 0;
    }
    retryNanos = now.steadyNanos() + RETRY_NANOS;
    if (!leases.isReady()) {
      return 0;
    }
    FailoverEndpoint endpoint =
        new FailoverEndpoint(
            settings, leases.note(), leases::contains, leases::pools, new SecureRandom(), now);
    EndpointDriver begun =
        new EndpointDriver(
            settings, new EndpointDriver.Means(hub.loop(), hub.hops(), leases), endpoint);
    relationship = begun;
    if (!closed) {
      begun.start();
      // Whoever uses the services may take its time, which is not that of other relationships.
      CompletableFuture.runAsync(this::register);
    }
    return 1;
  }

  /** Holds no lock meanwhile: whoever takes the services may be ending what this uses. */
  private void register() {
    if (closed) {
      return;
    }
    Hashtable<String, Object> named = new Hashtable<>();
    named.put("leasehold.name", settings.name());
    ServiceRegistration<?> made =
        context.registerService(
            SERVICES, new FailoverDesk(settings, relationship, hub.hops()), named);
    LOG.info(
        "failover {}: is {}", settings.name(), settings.role().name().toLowerCase(Locale.ROOT));
    registration.set(made);
    if (closed) {
      unregister();
    }
  }

  private void unregister() {
    ServiceRegistration<?> registered = registration.getAndSet(null);
    if (registered != null) {
      registered.unregister();
    }
  }

  @Override
  public long deadline() {
    return closed || relationship != null ? Moment.NEVER : retryNanos;
  }

  /** The store may have stopped meanwhile, or a note may be one that nobody can use. */
  @Override
  public void failed(RuntimeException why) {
    retryNanos = hub.loop().now().deadline(REST_SECONDS);
  }

  /** Closes the subnets, tells the partner, stores when that was, and ends. */
  void close() {
    closed = true;
    EndpointDriver stopping = relationship;
    hub.loop().remove(this);
    unregister();
    if (stopping != null) {
      stop(stopping);
    }
    hub.door().remove(settings, this);
    hub.hops().release(settings);
  }

  private void stop(EndpointDriver stopping) {
    try {
      stopping.stop().toCompletableFuture().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("failover {}: did not end in good order: {}", settings.name(), e.toString());
    }
    hub.loop().remove(stopping);
  }
}
