// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.SessionTransport;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.user.core.UserSettings;
import io.leasehold.rserpool.run.Carriers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
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

/** The pool user as a component, by {@code etc/io.leasehold.pool.user.cfg}. Any thread. */
@Component(
    configurationPid = "io.leasehold.pool.user",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
public final class PoolUserComponent {
  private static final Logger LOG = LoggerFactory.getLogger(PoolUserComponent.class);

  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final Carriers carriers = new Carriers();
  private PoolUserInstance running;
  private volatile List<String> refused = List.of();

  /** Works as the configuration says; with one that cannot be used, as soon as it is corrected. */
  @Activate
  @Modified
  synchronized void configure(Map<String, Object> properties, BundleContext context) {
    UserSettings settings;
    try {
      settings = UserSettings.read(properties);
    } catch (IllegalArgumentException e) {
      String force = running == null ? "does not work" : "goes on as before";
      refused = e.getMessage().lines().map(each -> "it " + force + ": " + each).toList();
      refused.forEach(each -> LOG.error("pool user: etc/io.leasehold.pool.user.cfg: {}", each));
      return;
    }
    refused = List.of();
    begin(settings, context);
  }

  /** What is known goes over by the file; nobody is without a pool user meanwhile. */
  private void begin(UserSettings settings, BundleContext context) {
    if (running != null) {
      running.stop();
    }
    List<ServiceRegistration<?>> old = List.copyOf(registrations);
    registrations.clear();
    running = new PoolUserInstance(settings, file(context), () -> refused);
    running.connectBy(carriers);
    registrations.add(context.registerService(PoolDirectory.class, running.directory(), null));
    registrations.add(context.registerService(PoolUserControl.class, running, null));
    old.forEach(ServiceRegistration::unregister);
  }

  private static ViewFile file(BundleContext context) {
    String data = context.getProperty("karaf.data");
    Path file = Path.of(data == null ? "data" : data, "leasehold", "pool-user.views");
    return new ViewFile(file, CompletableFuture::runAsync);
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

  /** Nobody follows a pool any more; connections end. */
  @Deactivate
  synchronized void close() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
    carriers.serve(null);
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
