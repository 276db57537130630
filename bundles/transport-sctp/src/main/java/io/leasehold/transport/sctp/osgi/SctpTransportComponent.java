// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.Connections;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.security.Channels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.connection.ConnectionLimits;
import io.leasehold.transport.sctp.SctpSessionTransport;
import io.leasehold.transport.sctp.SctpSettings;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service. It is there on a host without SCTP, too, and says in the log and to who would use it
 * what is missing: as soon as that is there it works.
 */
@Component(
    service = {SessionTransport.class, Connections.class},
    configurationPid = "io.leasehold.transport.sctp",
    property = "leasehold.name=sctp",
    immediate = true) // the log says at the start whether the host has SCTP
@Designate(ocd = SctpTransportComponent.Config.class)
public final class SctpTransportComponent implements SessionTransport, Connections {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.transport.sctp");

  /** Configuration {@code io.leasehold.transport.sctp}. */
  @ObjectClassDefinition(
      name = "SCTP transport of pools",
      description = "Associations of pool elements, pool users and registrars, in clear.")
  public @interface Config {
    /** Addresses. */
    @AttributeDefinition(
        description =
            "Addresses of this host that associations use, separated by blanks: all of those that"
                + " it begins, and those accepted at sctp://*; empty: all addresses of the host.")
    String addresses() default "";

    /** Queue. */
    @AttributeDefinition(
        description = "Messages that may wait in an association; one with more to send is ended.")
    int queue_messages() default 1024;

    /** Octets of a queue. */
    @AttributeDefinition(description = "Octets that these messages may have.")
    long queue_octets() default 1_048_576;

    /** Octets of all queues. */
    @AttributeDefinition(
        description = "Octets of messages that may wait in all associations together.")
    long total_octets() default 33_554_432;

    /** Beginnings. */
    @AttributeDefinition(description = "Associations that one address may begin in a second.")
    int handshakes_per_second() default 8;

    /** Strangers. */
    @AttributeDefinition(
        description =
            "Associations that may begin in a second from all addresses together that no peer is"
                + " known to have.")
    int strangers_per_second() default 100;

    /** Connect timeout. */
    @AttributeDefinition(description = "Milliseconds until an association must be there.")
    long connect_timeout_millis() default 10_000;

    /** Rescan. */
    @AttributeDefinition(
        description =
            "Milliseconds between two looks at interfaces and at places that could not be opened.")
    long rescan_millis() default 1000;
  }

  private final SctpSessionTransport transport;

  /** Checks the configuration; opens nothing. */
  @Activate
  public SctpTransportComponent(Config config, @Reference Channels channels) {
    transport =
        new SctpSessionTransport(
            channels,
            new SctpSettings(
                SctpSettings.addresses(config.addresses()),
                new ConnectionLimits(
                    config.queue_messages(),
                    config.queue_octets(),
                    config.total_octets(),
                    config.handshakes_per_second(),
                    config.strangers_per_second()),
                Duration.ofMillis(config.connect_timeout_millis()),
                Duration.ofMillis(config.rescan_millis())));
    transport
        .absence()
        .ifPresentOrElse(
            why ->
                LOG.warn(
                    "no SCTP on this host, sctp:// hops stay down (tls:// and tcp:// are not"
                        + " concerned): {}",
                    why),
            () -> LOG.info("this host has SCTP"));
  }

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    return transport.accept(spec, startTls, user);
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    return transport.connect(spec, user);
  }

  @Override
  public List<LinkStatus> links() {
    return transport.links();
  }

  @Override
  public boolean drain(String id) {
    return transport.drain(id);
  }

  /** Ends every association. */
  @Deactivate
  public void close() {
    transport.close();
  }
}
