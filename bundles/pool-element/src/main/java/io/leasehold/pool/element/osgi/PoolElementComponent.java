// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.configuration.InstanceName;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.SessionTransport;
import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.element.Identifiers;
import io.leasehold.pool.element.config.ElementFile;
import io.leasehold.pool.element.config.ElementPlan;
import io.leasehold.rserpool.run.Carriers;
import io.leasehold.server.ServerStatus;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * A pool element as a component: one for each file {@code etc/io.leasehold.pool.element-NAME.cfg}.
 * A changed file makes a new one, which registers anew. Any thread.
 */
@Component(
    configurationPid = "io.leasehold.pool.element",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
public final class PoolElementComponent implements ServerWatch.Services {
  private static final String PID = "io.leasehold.pool.element";

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ServerStatus server;

  @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<FailoverStatus> failovers = List.of();

  @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<LeaseGovernor> governors = List.of();

  private final Carriers carriers = new Carriers();
  private ElementInstance running;
  private ServiceRegistration<PoolElementControl> registration;

  /**
   * Starts the pool element; returns at once.
   *
   * @throws IllegalArgumentException with everything that is wrong with its file
   */
  @Activate
  synchronized void open(Map<String, Object> properties, BundleContext context) {
    if (!ElementFile.isWanted(properties)) {
      return;
    }
    ElementPlan plan = plan(properties);
    String name = plan.settings().name();
    running = new ElementInstance(plan, identifiers(name, context), this, InstantSource.system());
    running.connectBy(carriers);
    running.begin();
    Hashtable<String, Object> named = new Hashtable<>();
    named.put("leasehold.name", name);
    registration = context.registerService(PoolElementControl.class, running, named);
  }

  private static ElementPlan plan(Map<String, Object> properties) {
    String instance = InstanceName.of(PID, properties);
    try {
      return ElementFile.read(instance, properties);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "pool element " + instance + ": " + String.join("; ", e.getMessage().lines().toList()),
          e);
    }
  }

  private static Identifiers identifiers(String name, BundleContext context) {
    String data = context.getProperty("karaf.data");
    Path file = Path.of(data == null ? "data" : data, "leasehold", "pool-element-" + name + ".ids");
    return new StoredIdentifiers(file, new SecureRandom(), CompletableFuture::runAsync);
  }

  /** A transport for streams has come, or a better one. */
  @Reference(
      name = "transport",
      target = "(leasehold.name=tcp)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setTransport(SessionTransport service) {
    carriers.come(ConnectSpec.STREAMS, service);
  }

  /** A transport has gone. */
  void unsetTransport(SessionTransport service) {
    carriers.gone(ConnectSpec.STREAMS, service);
  }

  /** A transport for {@code sctp://} has come. */
  @Reference(
      name = "sctp",
      target = "(leasehold.name=sctp)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setSctp(SessionTransport service) {
    carriers.come(HopUri.SCTP, service);
  }

  /** There is no {@code sctp://} any more. */
  void unsetSctp(SessionTransport service) {
    carriers.gone(HopUri.SCTP, service);
  }

  @Override
  public ServerStatus server() {
    return server;
  }

  @Override
  public List<FailoverStatus> failovers() {
    return failovers;
  }

  @Override
  public List<LeaseGovernor> governors() {
    return governors;
  }

  /** Leaves all pools, and ends. */
  @Deactivate
  synchronized void close() {
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
    carriers.serve(null);
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
