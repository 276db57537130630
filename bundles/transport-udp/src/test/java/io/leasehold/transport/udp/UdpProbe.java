// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A program for the lab: binds, says on standard output what the endpoints are and what comes in,
 * and echoes every message. Arguments: port, interfaces (comma list), groups (comma list).
 */
final class UdpProbe {
  private static final long STEP_NANOS = 50_000_000;

  private UdpProbe() {}

  public static void main(String[] arguments) {
    BindSpec spec =
        new BindSpec(
            Family.IPV6,
            List.of(arguments[1].split(",")),
            Integer.parseInt(arguments[0]),
            List.of(arguments[2].split(",")).stream().map(Ipv6::ofText).toList());
    Binding binding =
        new UdpTransport(UdpSettings.DEFAULT)
            .bind(
                spec,
                (message, path) -> {
                  say(
                      "message "
                          + message.toUtf8()
                          + " "
                          + path.interfaceName()
                          + " "
                          + path.local());
                  path.reply(Bytes.ofUtf8("echo " + message.toUtf8()));
                });
    Set<String> before = Set.of();
    while (true) {
      Set<String> now =
          binding.endpoints().stream()
              .map(UdpProbe::describe)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!now.equals(before)) {
        say("endpoints " + String.join(" ; ", now));
        before = now;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static String describe(EndpointStatus endpoint) {
    String text = endpoint.state() + " " + endpoint.address() + "%" + endpoint.interfaceName();
    return endpoint.reason().isEmpty() ? text : text + " (" + endpoint.reason() + ")";
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
