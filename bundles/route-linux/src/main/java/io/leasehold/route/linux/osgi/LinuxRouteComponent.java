// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux.osgi;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.RouteSink;
import io.leasehold.route.linux.LinuxRoutes;
import io.leasehold.route.linux.RouteSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The service. A changed configuration makes a new one; routes stay until they are removed. */
@Component(
    service = RouteSink.class,
    configurationPid = "io.leasehold.route.linux",
    property = "leasehold.name=linux")
@Designate(ocd = LinuxRouteComponent.Config.class)
public final class LinuxRouteComponent implements RouteSink {

  /** Configuration {@code io.leasehold.route.linux}. */
  @ObjectClassDefinition(
      name = "Routes of Linux",
      description = "Routes to delegated prefixes, put into the kernel by ip(8).")
  public @interface Config {
    /** Command. */
    @AttributeDefinition(
        description =
            "The program ip of iproute2, by name or path. It runs as the user of this process, who"
                + " needs CAP_NET_ADMIN.")
    String command() default "ip";

    /** Protocol. */
    @AttributeDefinition(
        description =
            "Routing protocol number of the routes, 5 to 255. Routes with another number are never"
                + " touched; a routing daemon that is to advertise delegated prefixes imports this"
                + " one.")
    int protocol() default 172;

    /** Table. */
    @AttributeDefinition(description = "Routing table by number; 254 is main.")
    long table() default 254;

    /** Metric. */
    @AttributeDefinition(
        description =
            "Metric of the routes. Where another route to the same prefix has it, none is put in place.")
    long metric() default 1020;

    /** Timeout. */
    @AttributeDefinition(
        description = "Milliseconds after which a run of the program is given up, 10 to 60000.")
    int timeout_milliseconds() default 5000;
  }

  private final LinuxRoutes routes;

  /** Checks the configuration; runs nothing. */
  @Activate
  public LinuxRouteComponent(Config config) {
    this.routes =
        new LinuxRoutes(
            new RouteSettings(
                List.of(config.command()),
                config.protocol(),
                config.table(),
                config.metric(),
                Duration.ofMillis(config.timeout_milliseconds())));
  }

  @Override
  public String name() {
    return routes.name();
  }

  @Override
  public void add(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
    routes.add(prefix, nextHop, interfaceName);
  }

  @Override
  public void remove(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
    routes.remove(prefix, nextHop, interfaceName);
  }
}
