// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import io.leasehold.security.AuditSink;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.Channels;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.SecurityControl;
import io.leasehold.security.core.SecurityCore;
import io.leasehold.security.core.channel.ProviderOffer;
import io.leasehold.security.core.credential.FileRights;
import io.leasehold.security.core.credential.PrivateFile;
import io.leasehold.security.core.listen.Listeners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The core as services, with one thread that looks at deadlines and files. It registers them itself
 * when all are there, so it has to say itself which they are: features are resolved against that.
 */
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>='io.leasehold.security.AuditSink,"
            + "io.leasehold.security.Channels,"
            + "io.leasehold.security.CredentialStore,"
            + "io.leasehold.security.PeerAuthorizer,"
            + "io.leasehold.security.PeerDirectory,"
            + "io.leasehold.security.SecurityControl'",
    uses = Channels.class,
    effective = "active")
@Component(
    service = SecurityComponent.class,
    immediate = true,
    configurationPid = "io.leasehold.security")
@Designate(ocd = SecurityConfig.class)
public final class SecurityComponent {
  private static final long TICK_MILLIS = 1000;

  private final SecurityCore core;
  private final ScheduledExecutorService thread;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  /** Starts it. */
  @Activate
  public SecurityComponent(SecurityConfig config, BundleContext context) throws IOException {
    Path data = data(config, context);
    PrivateFile.makeDirectory(data);
    core =
        new SecurityCore(
            new SecurityCore.World(
                Path.of(property(context, "karaf.etc", "etc")).toAbsolutePath(),
                data,
                new FileRights(serviceUser(data)),
                System::getenv,
                new SecureRandom(),
                InstantSource.system(),
                System::nanoTime));
    configure(config);
    thread = Executors.newSingleThreadScheduledExecutor(SecurityComponent::daemon);
    thread.scheduleWithFixedDelay(
        () -> Listeners.guarded(core::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    register(context, CredentialStore.class, core.credentials());
    register(context, PeerDirectory.class, core.peers());
    register(context, PeerAuthorizer.class, core.authorizer());
    register(context, AuditSink.class, core.audit());
    register(context, Channels.class, core.channels());
    register(context, SecurityControl.class, core.control());
  }

  private static Path data(SecurityConfig config, BundleContext context) {
    return config.directory().isBlank()
        ? Path.of(property(context, "karaf.data", "data"), "leasehold").toAbsolutePath()
        : Path.of(config.directory().strip()).toAbsolutePath();
  }

  /** Whoever owns what this process makes. */
  private static UserPrincipal serviceUser(Path data) throws IOException {
    Path probe = Files.createTempFile(data, "owner", "");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static String property(BundleContext context, String key, String usual) {
    return Optional.ofNullable(context.getProperty(key)).orElse(usual);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "leasehold-security-0");
    thread.setDaemon(true);
    return thread;
  }

  private <T> void register(BundleContext context, Class<T> type, T service) {
    registrations.add(context.registerService(type, service, null));
  }

  SecurityCore core() {
    return core;
  }

  @Modified
  void configure(SecurityConfig config) {
    core.channels()
        .acknowledge(
            Map.of(
                "protected.networks", config.protected_networks(),
                "insecure.acknowledged", config.insecure_acknowledged()));
  }

  /** A provider has come. */
  @Reference(
      service = ChannelSecurityProvider.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      updated = "ranked",
      unbind = "gone")
  void come(ChannelSecurityProvider provider, ServiceReference<ChannelSecurityProvider> reference) {
    core.channels().offer(offer(provider, reference));
  }

  void ranked(
      ChannelSecurityProvider provider, ServiceReference<ChannelSecurityProvider> reference) {
    core.channels().rank(offer(provider, reference));
  }

  void gone(ChannelSecurityProvider provider) {
    core.channels().withdraw(provider);
  }

  private static ProviderOffer offer(
      ChannelSecurityProvider provider, ServiceReference<ChannelSecurityProvider> reference) {
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    return new ProviderOffer(
        provider,
        reference.getBundle().getSymbolicName(),
        reference.getBundle().getVersion().toString(),
        ranking instanceof Integer number ? number : 0,
        (Long) reference.getProperty(Constants.SERVICE_ID));
  }

  @Deactivate
  void stop() {
    registrations.forEach(ServiceRegistration::unregister);
    thread.shutdownNow();
    core.close();
  }
}
