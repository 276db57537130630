// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.event.LeaseListener;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.hop.HopTransport;
import io.leasehold.lease.LeaseStore;
import io.leasehold.probe.AddressProbe;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.InterceptorControl;
import io.leasehold.server.LeaseIntake;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.OptionLedger;
import io.leasehold.server.PlanControl;
import io.leasehold.server.PlanImport;
import io.leasehold.server.PlanLifecycle;
import io.leasehold.server.RelayLedger;
import io.leasehold.server.RetentionRules;
import io.leasehold.server.ServerStatus;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import io.leasehold.server.v6.intake.MessageCounters;
import io.leasehold.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server as a component. Everything it uses may come, change and go while clients are served.
 */
@Component(
    configurationPid = "io.leasehold.server",
    immediate = true,
    service = {})
@Designate(ocd = ServerConfig.class)
public final class ServerComponent implements Surroundings {
  private static final Logger LOG = LoggerFactory.getLogger(ServerComponent.class);

  private final Counters counters = new Counters();
  private volatile LeaseStore store;
  private volatile Transport transport;

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      fieldOption = FieldOption.REPLACE)
  private volatile List<Map.Entry<Map<String, Object>, PacketInterceptor>> hooks = List.of();

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      fieldOption = FieldOption.REPLACE)
  private volatile List<LeaseListener> listeners = List.of();

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      fieldOption = FieldOption.REPLACE)
  private volatile List<AllocationPolicy> policies = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AddressProbe probe;

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      fieldOption = FieldOption.REPLACE)
  private volatile List<HopTransport> hopTransports = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Channels channels;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile PeerDirectory directory;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile PeerAuthorizer authorizer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditSink audit;

  private final List<OptionDefinitionProvider> definitionProviders = new ArrayList<>();
  private final List<LeaseGovernor> governors = new ArrayList<>();
  private final Intake intake = new Intake(() -> store, this::changed);
  private volatile ServerControl control;
  private LeaseEvents events;
  private volatile List<String> refused = List.of();
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  /** Starts the server; returns at once. */
  @Activate
  void activate(ServerConfig config, BundleContext context) {
    serve(settings(config, context), context);
  }

  /** Serves as a changed configuration says; one that cannot be used changes nothing. */
  @Modified
  void modified(ServerConfig config, BundleContext context) {
    ServerSettings next;
    try {
      next = settings(config, context);
    } catch (RuntimeException e) {
      refused =
          List.of(
              "the settings before a change stay in force, which is refused: " + e.getMessage());
      LOG.error("{}", refused.get(0));
      return;
    }
    deactivate();
    serve(next, context);
  }

  private static ServerSettings settings(ServerConfig config, BundleContext context) {
    return ServerSettings.from(
        config, directory(context, "karaf.etc"), directory(context, "karaf.data"));
  }

  private void serve(ServerSettings settings, BundleContext context) {
    refused = List.of();
    counters.declare(MessageCounters.names());
    counters.declare(io.leasehold.server.v4.intake.MessageCounters.names());
    counters.declare(Arrays.stream(ServerCounter.values()).map(ServerCounter::word));
    events = new LeaseEvents(() -> listeners, counters);
    Engine engine =
        new Engine(
            settings.size(), counters, settings.clock(), events, new Prober(() -> probe, counters));
    PlanFiles files =
        new PlanFiles(settings.planDirectory(), settings.dataDirectory(), this::allocators);
    ServerControl started = new ServerControl(settings, this, files, counters, engine);
    control = started;
    register(
        context, ServerStatus.class, new Status(started, engine, this, counters, () -> refused));
    register(context, LeaseLedger.class, new Ledger(engine, settings.clock()));
    register(context, GovernedLeases.class, new GovernedLedger(engine, settings.clock()));
    register(context, PlanControl.class, new Plans(started, this));
    register(context, PlanImport.class, new PlanImports());
    register(context, PlanLifecycle.class, new PlanLife(started, this, engine, settings.clock()));
    register(context, LeaseIntake.class, intake);
    register(context, RelayLedger.class, new Relays(started));
    Trials trials =
        new Trials(
            engine,
            () -> started.listening().bindings().endpoints(),
            started.listening().gate(),
            started.hooks(),
            settings.clock());
    OptionSources options = new OptionSources(this::definitionsOfBundles, started::catalogue);
    register(context, OptionLedger.class, options);
    register(context, InterceptorControl.class, new HookControl(started.hooks()));
    register(context, DecisionLedger.class, new Decisions(engine, trials, settings.clock()));
    register(
        context, RetentionRules.class, new Retention(settings, engine::regime, engine.purge()));
  }

  private <T> void register(BundleContext context, Class<T> type, T service) {
    registrations.add(context.registerService(type, service, new Hashtable<>()));
  }

  private static Path directory(BundleContext context, String property) {
    String value = context.getProperty(property);
    return Path.of(value == null ? "." : value);
  }

  /** Ends every thread and closes every socket. */
  @Deactivate
  void deactivate() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
    control.close();
    events.close();
  }

  /** A store has come, or a better one. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setStore(LeaseStore service) {
    store = service;
    changed();
  }

  /** A store has gone. */
  void unsetStore(LeaseStore service) {
    if (store == service) {
      store = null;
      changed();
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

  /** A governor has come. Links that name it are closed until it is used. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addGovernor(LeaseGovernor governor) {
    synchronized (governors) {
      governors.add(governor);
    }
    changed();
  }

  /** A governor has gone. */
  void removeGovernor(LeaseGovernor governor) {
    synchronized (governors) {
      governors.remove(governor);
    }
    changed();
  }

  /** The first of each name: it would be wrong to change who governs for one that comes later. */
  @Override
  public Map<String, LeaseGovernor> governors() {
    Map<String, LeaseGovernor> byName = new HashMap<>();
    synchronized (governors) {
      governors.forEach(governor -> byName.putIfAbsent(governor.name(), governor));
    }
    return byName;
  }

  /** Option definitions have come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addDefinitions(OptionDefinitionProvider provider) {
    synchronized (definitionProviders) {
      definitionProviders.add(provider);
    }
    changed();
  }

  /** Option definitions have gone. */
  void removeDefinitions(OptionDefinitionProvider provider) {
    synchronized (definitionProviders) {
      definitionProviders.remove(provider);
    }
    changed();
  }

  private CompletableFuture<Void> changed() {
    ServerControl running = control;
    return running == null ? CompletableFuture.completedFuture(null) : running.changed();
  }

  @Override
  public LeaseStore store() {
    return intake.storeInUse();
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public List<PacketInterceptor> hooks() {
    return HookControl.inOrder(hooks);
  }

  /** Services as they should be asked; the framework hands in the lowest ranking first. */
  private static <T> List<T> highestFirst(List<T> injected) {
    List<T> ordered = new ArrayList<>(injected);
    Collections.reverse(ordered);
    return ordered;
  }

  @Override
  public List<OptionDefinition> definitions() {
    return definitionsOfBundles().stream().flatMap(each -> each.definitions().stream()).toList();
  }

  @Override
  public List<OptionSources.OfBundle> definitionsOfBundles() {
    synchronized (definitionProviders) {
      return definitionProviders.stream()
          .map(each -> new OptionSources.OfBundle(BundleNames.of(each), definitions(each)))
          .toList();
    }
  }

  /** A faulty bundle must not keep the plan from being read. */
  private List<OptionDefinition> definitions(OptionDefinitionProvider provider) {
    try {
      return List.copyOf(provider.definitions());
    } catch (RuntimeException e) {
      counters.count(ServerCounter.OPTION_DEFINITIONS_FAILED.word());
      LOG.warn("no option definitions of {}", provider.getClass().getName(), e);
      return List.of();
    }
  }

  @Override
  public List<AllocationPolicy> policies() {
    return highestFirst(policies);
  }

  @Override
  public List<HopTransport> hopTransports() {
    return highestFirst(hopTransports);
  }

  @Override
  public Channels channelsOrNull() {
    return channels;
  }

  @Override
  public PeerDirectory directoryOrNull() {
    return directory;
  }

  @Override
  public PeerAuthorizer authorizerOrNull() {
    return authorizer;
  }

  @Override
  public AuditSink auditOrNull() {
    return audit;
  }

  private Collection<String> allocators() {
    return Stream.concat(StandardPolicies.ALL.stream(), policies.stream())
        .map(AllocationPolicy::name)
        .distinct()
        .toList();
  }

  @Override
  public AllocationPolicy policy(String word) {
    return policies().stream()
        .filter(policy -> policy.name().equals(word))
        .findFirst()
        .or(() -> StandardPolicies.named(word))
        .orElse(StandardPolicies.ITERATIVE);
  }
}
