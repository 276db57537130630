// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.Connections;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.Channels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import io.leasehold.transport.dtls.DtlsSettings;
import io.leasehold.transport.dtls.DtlsTransport;
import io.leasehold.transport.dtls.Surroundings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The service. A changed configuration or another transport below makes a new one. */
@Component(
    service = {HopTransport.class, Connections.class},
    configurationPid = "io.leasehold.transport.dtls",
    property = "leasehold.name=dtls")
@Designate(ocd = DtlsTransportComponent.Config.class)
public final class DtlsTransportComponent implements HopTransport {

  /** Configuration {@code io.leasehold.transport.dtls}. */
  @ObjectClassDefinition(
      name = "DTLS transport",
      description = "Hops over UDP, each connection protected by DTLS (preview).")
  public @interface Config {
    /** Pause. */
    @AttributeDefinition(
        description =
            "Most milliseconds that a link waits before it connects again; doubled with each"
                + " failure.")
    long pause_millis() default 1000;

    /** Longest pause. */
    @AttributeDefinition(description = "Most milliseconds that it waits when it failed often.")
    long longest_pause_millis() default 60_000;

    /** Drain. */
    @AttributeDefinition(
        description = "Milliseconds for which a connection that was replaced takes messages.")
    long drain_millis() default 30_000;

    /** Silence. */
    @AttributeDefinition(
        description =
            "Milliseconds without an answer after which the peer is doubted: the link tries a new"
                + " connection.")
    long silence_millis() default 30_000;

    /** Unanswered. */
    @AttributeDefinition(
        description =
            "Messages without an answer in that time that end a connection before there is a new"
                + " one.")
    int unanswered() default 20;
  }

  private final DtlsTransport transport;

  /** Checks the configuration; opens nothing. */
  @Activate
  public DtlsTransportComponent(
      Config config,
      @Reference(policyOption = ReferencePolicyOption.GREEDY) Transport datagrams,
      @Reference(policyOption = ReferencePolicyOption.GREEDY) Channels channels) {
    DtlsSettings usual = DtlsSettings.USUAL;
    transport =
        new DtlsTransport(
            new Surroundings(
                datagrams,
                channels,
                System::nanoTime,
                InstantSource.system(),
                new SecureRandom()::nextDouble),
            new DtlsSettings(
                usual.tick(),
                Duration.ofMillis(config.pause_millis()),
                Duration.ofMillis(config.longest_pause_millis()),
                usual.handshake(),
                Duration.ofMillis(config.drain_millis()),
                Duration.ofMillis(config.silence_millis()),
                config.unanswered()));
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public Binding listen(ListenSpec spec, Inbound inbound) {
    return transport.listen(spec, inbound);
  }

  @Override
  public Link connect(ConnectSpec spec, Inbound inbound) {
    return transport.connect(spec, inbound);
  }

  @Override
  public List<LinkStatus> links() {
    return transport.links();
  }

  @Override
  public boolean drain(String id) {
    return transport.drain(id);
  }

  /** Ends every connection. */
  @Deactivate
  public void close() {
    transport.close();
  }
}
