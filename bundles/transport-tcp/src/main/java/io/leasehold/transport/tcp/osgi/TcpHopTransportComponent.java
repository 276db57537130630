// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.Connections;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.security.Channels;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.connection.ConnectionLimits;
import io.leasehold.transport.tcp.TcpHopTransport;
import io.leasehold.transport.tcp.TcpSettings;
import io.leasehold.transport.tcp.TcpTimes;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The service. A changed configuration makes a new one, and its users open their hops anew; without
 * channels there is none, because nothing could be sent.
 */
@Component(
    service = {HopTransport.class, SessionTransport.class, Connections.class},
    configurationPid = "io.leasehold.transport.tcp",
    property = "leasehold.name=tcp")
@Designate(ocd = TcpHopTransportComponent.Config.class)
public final class TcpHopTransportComponent implements HopTransport, SessionTransport {

  /** Configuration {@code io.leasehold.transport.tcp}. */
  @ObjectClassDefinition(
      name = "TCP transport of hops",
      description = "Connections between relay agents and servers, protected by their channels.")
  public @interface Config {
    /** Threads. */
    @AttributeDefinition(
        description =
            "Threads for all connections; 0: one for every two processors, at most 4. Handshakes"
                + " are computed on them, too.")
    int threads() default 0;

    /** Queue. */
    @AttributeDefinition(
        description =
            "Messages that may wait in a link, or in a connection that was accepted; of more the"
                + " oldest is dropped and counted.")
    int queue_messages() default 1024;

    /** Octets of a queue. */
    @AttributeDefinition(description = "Octets that these messages may have.")
    long queue_octets() default 1_048_576;

    /** Octets of all queues. */
    @AttributeDefinition(
        description = "Octets of messages that may wait in all links and connections together.")
    long total_octets() default 33_554_432;

    /** Handshakes. */
    @AttributeDefinition(description = "Connections that one address may begin in a second.")
    int handshakes_per_second() default 8;

    /** Strangers. */
    @AttributeDefinition(
        description =
            "Connections that may begin in a second from all addresses together that no peer is"
                + " known to have.")
    int strangers_per_second() default 100;

    /** Connect timeout. */
    @AttributeDefinition(description = "Milliseconds until a connection must be there.")
    long connect_timeout_millis() default 10_000;

    /** Least pause. */
    @AttributeDefinition(
        description = "Least milliseconds before a link tries again; pauses grow from here.")
    long pause_least_millis() default 1000;

    /** Longest pause. */
    @AttributeDefinition(description = "Most milliseconds before a link tries again.")
    long pause_most_millis() default 60_000;

    /** Silence. */
    @AttributeDefinition(
        description =
            "Seconds after which a link is made anew if none of silence.messages messages was"
                + " answered.")
    long silence_seconds() default 30;

    /** Messages of silence. */
    @AttributeDefinition(description = "Messages that must not stay unanswered for that time.")
    int silence_messages() default 20;

    /** Age. */
    @AttributeDefinition(
        description =
            "Hours after which a link takes a new connection, so that old keys do not live on; 0:"
                + " never.")
    long age_hours() default 24;

    /** Rescan. */
    @AttributeDefinition(
        description =
            "Milliseconds between two looks at interfaces and at places that could not be opened.")
    long rescan_millis() default 1000;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile PeerDirectory directory;

  private final TcpHopTransport transport;

  /** Checks the configuration; opens nothing. */
  @Activate
  public TcpHopTransportComponent(Config config, @Reference Channels channels) {
    transport =
        new TcpHopTransport(
            channels,
            this::peers,
            new TcpSettings(
                config.threads(),
                config.silence_messages(),
                new ConnectionLimits(
                    config.queue_messages(),
                    config.queue_octets(),
                    config.total_octets(),
                    config.handshakes_per_second(),
                    config.strangers_per_second()),
                new TcpTimes(
                    Duration.ofMillis(config.connect_timeout_millis()),
                    Duration.ofMillis(config.pause_least_millis()),
                    Duration.ofMillis(config.pause_most_millis()),
                    Duration.ofSeconds(config.silence_seconds()),
                    Duration.ofHours(config.age_hours()),
                    Duration.ofMillis(config.rescan_millis()))));
  }

  private List<Peer> peers() {
    PeerDirectory present = directory;
    return present == null ? List.of() : present.peers();
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

  /** Ends every connection. */
  @Deactivate
  public void close() {
    transport.close();
  }
}
