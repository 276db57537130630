// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp.osgi;

import io.leasehold.transport.Transport;
import io.leasehold.transport.datagram.TransportService;
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
public final class UdpTransportComponent extends TransportService {

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
    @AttributeDefinition(description = TransportService.RESCAN)
    long rescan_millis() default 1000;

    /** Threads. */
    @AttributeDefinition(
        description = "Receiving threads of each binding. A socket belongs to one of them.")
    int threads() default 1;
  }

  /** Checks the configuration; opens nothing. */
  @Activate
  public UdpTransportComponent(Config config) {
    super(
        new UdpTransport(
            new UdpSettings(
                config.socket_buffer_octets(),
                Duration.ofMillis(config.rescan_millis()),
                config.threads())));
  }

  @Override
  @Deactivate
  public void close() {
    super.close();
  }
}
