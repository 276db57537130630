// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.configuration.InstanceName;
import io.leasehold.hop.HopTransport;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.RouteSink;
import io.leasehold.relay.agent.prefix.PrefixMedium;
import io.leasehold.security.Admission;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channels;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Transport;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay agent as a component: one for each file {@code etc/io.leasehold.relay-NAME.cfg}. */
@Component(
    configurationPid = "io.leasehold.relay",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
public final class RelayComponent implements Surroundings {
  private static final Logger LOG = LoggerFactory.getLogger(RelayComponent.class);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Channels channels;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile PeerAuthorizer authorizer;

  /** The one of the highest ranking is the last. */
  private final NavigableMap<ServiceReference<HopTransport>, HopTransport> hopTransports =
      new ConcurrentSkipListMap<>();

  private volatile Transport transport;
  private volatile PoolDirectory pools;
  private volatile RouteSink routes;
  private volatile RelayInstance instance;
  private volatile PrefixThread prefixes;
  private volatile List<String> refused = List.of();
  private ServiceRegistration<RelayStatus> registration;

  /** Starts the relay agent; returns at once. */
  @Activate
  void activate(Map<String, Object> properties, BundleContext context) {
    modified(properties, context);
  }

  /** Works as a changed configuration says; one that cannot be used changes nothing. */
  @Modified
  void modified(Map<String, Object> properties, BundleContext context) {
    String name = InstanceName.of("io.leasehold.relay", properties);
    if (!Configured.isWanted(properties)) {
      deactivate();
      return;
    }
    if (instance == null) {
      start(name, context);
    }
    configure(name, properties);
    if (registration == null) {
      // Not before: whoever waits until clients are relayed would not wait.
      register(name, context);
    }
  }

  private void configure(String name, Map<String, Object> properties) {
    Configured configured;
    try {
      configured = Configured.of(name, properties, this, prefixes.keeper().watch());
    } catch (IllegalArgumentException e) {
      String force = instance.running() == null ? "does not work" : "goes on as before";
      refused = e.getMessage().lines().map(line -> force + ": " + line).toList();
      refused.forEach(line -> LOG.error("relay {} {}", name, line));
      return;
    }
    refused = List.of();
    prefixes.keeper().configure(configured.prefixes());
    instance.apply(configured);
  }

  private void start(String name, BundleContext context) {
    RelayInstance started = new RelayInstance(this);
    PrefixMedium medium = FilePrefixMedium.of(context.getProperty("karaf.data"), name);
    PrefixThread keeping =
        PrefixThread.start(name, medium, started.tally(), started.alarms(), this::nowMillis);
    instance = started;
    prefixes = keeping;
    keeping.keeper().use(routes);
  }

  private void register(String name, BundleContext context) {
    Hashtable<String, Object> named = new Hashtable<>();
    named.put("leasehold.name", name);
    registration =
        context.registerService(
            RelayStatus.class,
            new InstanceStatus(name, instance, () -> refused, prefixes.keeper()::prefixes),
            named);
  }

  /** Closes every socket and link; routes stay. */
  @Deactivate
  void deactivate() {
    RelayInstance stopped = instance;
    instance = null;
    if (stopped != null) {
      registration.unregister();
      registration = null;
      stopped.close();
      prefixes.close();
    }
  }

  /** Somebody puts routes to delegated prefixes in place, or somebody better does. */
  @Reference(
      name = "routes",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setRoutes(RouteSink service) {
    routes = service;
    useRoutes();
  }

  /** Routes stay as they are. */
  void unsetRoutes(RouteSink service) {
    if (routes == service) {
      routes = null;
      useRoutes();
    }
  }

  private void useRoutes() {
    PrefixThread keeping = prefixes;
    if (keeping != null) {
      keeping.keeper().use(routes);
    }
  }

  /** A transport has come, or a better one. */
  @Reference(
      name = "transport",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setTransport(Transport service) {
    transport = service;
    changed();
  }

  /** A transport has gone. */
  void unsetTransport(Transport service) {
    if (transport == service) {
      transport = null;
      changed();
    }
  }

  /** Somebody finds members of pools, or somebody better does. */
  @Reference(
      name = "pools",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPools(PoolDirectory service) {
    pools = service;
    changed();
  }

  /** Nobody finds members of pools any more. */
  void unsetPools(PoolDirectory service) {
    if (pools == service) {
      pools = null;
      changed();
    }
  }

  /** A transport for connections has come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addHopTransport(ServiceReference<HopTransport> reference, HopTransport service) {
    hopTransports.put(reference, service);
    changed();
  }

  /** A transport for connections has gone. */
  void removeHopTransport(ServiceReference<HopTransport> reference) {
    hopTransports.remove(reference);
    changed();
  }

  private void changed() {
    RelayInstance running = instance;
    if (running != null) {
      running.servicesChanged();
    }
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public PoolDirectory pools() {
    return pools;
  }

  @Override
  public HopTransport hopTransport(String named) {
    return hopTransports.descendingMap().values().stream()
        .filter(each -> each.name().equals(named))
        .findFirst()
        .orElse(null);
  }

  @Override
  public Admission admit(String channel, HopEnd local, HopEnd remote) {
    Channels current = channels;
    return current == null
        ? Admission.refused("no channels are there; install leasehold-security")
        : current.channel(channel).admit(local, remote);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, Ipv6 link) {
    PeerAuthorizer current = authorizer;
    return current != null && current.permitsLink(peer, link);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    PeerAuthorizer current = authorizer;
    return current != null && current.permits(peer, role);
  }

  @Override
  public void later(Runnable task, long millis) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
  }

  @Override
  public long nowMillis() {
    return System.currentTimeMillis();
  }
}
