// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp.osgi;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import io.leasehold.transport.udp.UdpSettings;
import io.leasehold.transport.udp.UdpTransport;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The service. A changed configuration makes a new one, and its users open their bindings anew. */
@Component(
    service = Transport.class,
    configurationPid = "io.leasehold.transport.udp",
    property = "leasehold.name=udp")
@Designate(ocd = UdpTransportComponent.Config.class)
public final class UdpTransportComponent implements Transport {

  /** Configuration {@code io.leasehold.transport.udp}. */
  @ObjectClassDefinition(
      name = "UDP transport",
      description = "Datagrams over the sockets of the JDK.")
  public @interface Config {
    /** Socket buffers. */
    @AttributeDefinition(
        description =
            "Receive and send buffer of every socket, in octets. The kernel caps it at"
                + " net.core.rmem_max and net.core.wmem_max.")
    int socket_buffer_octets() default 4_194_304;

    /** Rescan. */
    @AttributeDefinition(
        description =
            "Milliseconds between two looks at the interfaces, and before the first retry of what"
                + " could not be opened.")
    long rescan_millis() default 1000;

    /** Threads. */
    @AttributeDefinition(
        description = "Receiving threads of each binding. A socket belongs to one of them.")
    int threads() default 1;
  }

  private final UdpTransport transport;

  /** Checks the configuration; opens nothing. */
  @Activate
  public UdpTransportComponent(Config config) {
    this.transport =
        new UdpTransport(
            new UdpSettings(
                config.socket_buffer_octets(),
                Duration.ofMillis(config.rescan_millis()),
                config.threads()));
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public Binding bind(BindSpec spec, Inbound inbound) {
    return transport.bind(spec, inbound);
  }

  /** Closes what is still open. */
  @Deactivate
  public void close() {
    transport.close();
  }
}
