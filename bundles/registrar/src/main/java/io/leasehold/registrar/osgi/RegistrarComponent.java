// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.SessionTransport;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.asap.AnnounceSettings;
import io.leasehold.registrar.asap.Announcer;
import io.leasehold.registrar.config.RegistrarFile;
import io.leasehold.registrar.config.RegistrarSettings;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.registrar.enrp.EnrpFederation;
import io.leasehold.rserpool.run.AnnouncementGroup;
import io.leasehold.rserpool.run.Carriers;
import io.leasehold.rserpool.run.CoreThread;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.security.PeerAuthorizer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrar of this host: {@code etc/io.leasehold.registrar.cfg}. A changed file makes a new
 * one, at which pool elements register again.
 */
@Component(
    configurationPid = "io.leasehold.registrar",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
public final class RegistrarComponent {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.registrar");

  private volatile PeerAuthorizer authorizer;
  private final Carriers carriers = new Carriers();
  private CoreThread thread;
  private volatile AnnouncementGroup group;
  private ServiceRegistration<RegistrarControl> registration;

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

  /** Who says what peers may do has come. */
  @Reference(
      name = "authorizer",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setAuthorizer(PeerAuthorizer service) {
    authorizer = service;
  }

  /** Who said what peers may do has gone. */
  void unsetAuthorizer(PeerAuthorizer service) {
    if (authorizer == service) {
      authorizer = null;
    }
  }

  /**
   * Starts the registrar; returns at once.
   *
   * @throws IllegalArgumentException with everything that is wrong with its file
   */
  @Activate
  synchronized void activate(Map<String, Object> properties, BundleContext context) {
    if (RegistrarFile.isWanted(properties)) {
      start(settings(properties), context);
    }
  }

  private static RegistrarSettings settings(Map<String, Object> properties) {
    try {
      return RegistrarFile.read(properties);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "etc/io.leasehold.registrar.cfg: " + String.join("; ", e.getMessage().lines().toList()),
          e);
    }
  }

  private void start(RegistrarSettings settings, BundleContext context) {
    SecureRandom random = new SecureRandom();
    CoreThread started = new CoreThread("registrar");
    Premises premises =
        new Premises(
            new Handlespace(settings.space(), random),
            new Rights(() -> authorizer),
            random,
            new Notebook(InstantSource.system(), what -> LOG.info("registrar: {}", what)),
            settings.isSecure());
    Registrar registrar =
        new Registrar(
            settings.asap(),
            premises,
            started.sessions(),
            (sessions, changes) ->
                new EnrpFederation(premises, settings.enrp(), sessions, changes));
    started.listen(settings.places());
    carriers.serve(started);
    settings
        .announced()
        .ifPresentOrElse(
            how -> started.begin(announced(registrar, how, started)),
            () -> started.begin(registrar));
    thread = started;
    registration =
        context.registerService(
            RegistrarControl.class,
            new RegistrarDesk(
                started, registrar.status(), settings.isSecure(), Optional.ofNullable(group)),
            new Hashtable<>(Map.of("leasehold.name", "registrar")));
  }

  /** Its time begins at 0. */
  private SessionEvents announced(Registrar registrar, AnnounceSettings how, CoreThread started) {
    Announcer announcer =
        new Announcer(
            how.transports(),
            AnnouncedRegistrar.self(registrar.status()),
            message -> group.send(message),
            0);
    group =
        new AnnouncementGroup(
            "registrar",
            how.interfaces(),
            (source, message) -> started.execute(now -> announcer.heard(message, now)));
    return new AnnouncedRegistrar(registrar, announcer);
  }

  /** Ends the registrar. Pool elements and pool users look for another one. */
  @Deactivate
  synchronized void deactivate() {
    if (thread != null) {
      registration.unregister();
      carriers.serve(null);
      thread.close();
      thread = null;
      if (group != null) {
        group.close();
        group = null;
      }
    }
  }
}
