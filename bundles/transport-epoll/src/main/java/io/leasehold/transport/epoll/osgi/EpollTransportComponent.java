// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll.osgi;

import io.leasehold.transport.Transport;
import io.leasehold.transport.datagram.TransportService;
import io.leasehold.transport.epoll.EpollSettings;
import io.leasehold.transport.epoll.EpollTransport;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The service; ranked above the portable transport. A changed configuration makes a new one, and
 * its users open their bindings anew.
 */
@Component(
    service = Transport.class,
    configurationPid = "io.leasehold.transport.epoll",
    property = {"leasehold.name=epoll", "service.ranking:Integer=10"})
@Designate(ocd = EpollTransportComponent.Config.class)
public final class EpollTransportComponent extends TransportService {

  /** Configuration {@code io.leasehold.transport.epoll}. */
  @ObjectClassDefinition(
      name = "Native UDP transport",
      description = "Datagrams over sockets of Linux that are bound to interfaces.")
  public @interface Config {
    /** Socket buffers. */
    @AttributeDefinition(
        description =
            "Receive and send buffer of every socket, in octets. Without CAP_NET_ADMIN the kernel"
                + " caps it at net.core.rmem_max and net.core.wmem_max.")
    int socket_buffer_octets() default 4_194_304;

    /** Rescan. */
    @AttributeDefinition(description = TransportService.RESCAN)
    long rescan_millis() default 1000;

    /** Threads. */
    @AttributeDefinition(
        description =
            "Receiving threads of each binding; 0: one for every two processors, at most 8. Each"
                + " has a socket for every unicast address, and the kernel chooses by the hash of"
                + " the flow; a group or the broadcasts of an interface belong to one thread.")
    int threads() default 0;

    /** Send queue. */
    @AttributeDefinition(
        description = "Messages that may wait in one socket; more are refused and counted.")
    int send_queue_messages() default 8192;

    /** Frames. */
    @AttributeDefinition(
        description =
            "Whether DHCPv4 clients without an address are answered by a frame to their link-layer"
                + " address, which needs CAP_NET_RAW. Otherwise by broadcast.")
    boolean frames() default true;
  }

  /** Checks the configuration and loads the native library; opens nothing. */
  @Activate
  public EpollTransportComponent(Config config) {
    super(
        new EpollTransport(
            new EpollSettings(
                config.socket_buffer_octets(),
                Duration.ofMillis(config.rescan_millis()),
                config.threads(),
                config.send_queue_messages(),
                config.frames())));
  }

  @Override
  @Deactivate
  public void close() {
    super.close();
  }
}
