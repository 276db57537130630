// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Path;
import io.leasehold.transport.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A program for the lab: binds, says on standard output what the endpoints are and what comes in,
 * and echoes every message; {@code TEXT to ADDRESS PORT [MAC]} is echoed there, {@code TEXT from
 * INTERFACE ADDRESS PORT} is echoed there as a message that answers none, and {@code counters} is
 * answered with them. Arguments: {@code v4} or {@code v6}, port, interfaces and groups (comma
 * lists), and {@code quiet} to say nothing about messages.
 */
public final class TransportProbe {
  private static final long STEP_NANOS = 50_000_000;

  private final boolean quiet;
  private volatile Binding binding;

  private TransportProbe(boolean quiet) {
    this.quiet = quiet;
  }

  /** Runs until the process is ended. */
  public static void run(Transport transport, String... arguments) {
    boolean quiet = List.of(arguments).contains("quiet");
    List<Ipv6> groups =
        arguments.length > 3 && arguments[3].contains(":")
            ? Arrays.stream(arguments[3].split(",")).map(Ipv6::ofText).toList()
            : List.of();
    BindSpec spec =
        new BindSpec(
            arguments[0].equals("v4") ? Family.IPV4 : Family.IPV6,
            List.of(arguments[2].split(",")),
            Integer.parseInt(arguments[1]),
            groups);
    new TransportProbe(quiet).watch(transport, spec);
  }

  private void watch(Transport transport, BindSpec spec) {
    binding = transport.bind(spec, this::message);
    Set<String> before = Set.of();
    while (true) {
      Set<String> now =
          binding.endpoints().stream()
              .map(TransportProbe::describe)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!now.equals(before)) {
        say("endpoints " + String.join(" ; ", now));
        before = now;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private void message(Bytes message, Path path) {
    if (quiet) {
      path.reply(message.at(0) == 'c' ? Bytes.ofUtf8(binding.counters().toString()) : message);
      return;
    }
    String[] words = message.toUtf8().split(" ");
    say(
        "message %s %s %s from %s of %s"
            .formatted(
                words[0],
                path.interfaceName(),
                path.local(),
                path.remote(),
                path.interfaceAddresses()));
    Bytes echo = Bytes.ofUtf8("echo " + words[0]);
    if (words[0].equals("counters")) {
      path.reply(Bytes.ofUtf8(binding.counters().toString()));
    } else if (words.length > 4 && words[1].equals("from")) {
      Destination to = Destination.of(Ipv6.ofText(words[3]), Integer.parseInt(words[4]));
      String out = words[2].equals("-") ? "" : words[2];
      say("sent " + words[0] + " " + binding.send(echo, to, out));
    } else if (words.length > 3 && words[1].equals("to")) {
      boolean sent = path.send(echo, destination(words));
      say("answered " + words[0] + " " + sent);
    } else {
      path.reply(echo);
    }
  }

  private static Destination destination(String... words) {
    return new Destination(
        Ipv6.ofText(words[2]),
        Integer.parseInt(words[3]),
        words.length > 4 ? Optional.of(HardwareAddress.ofText(words[4])) : Optional.empty());
  }

  private static String describe(EndpointStatus endpoint) {
    String text = endpoint.state() + " " + endpoint.address() + "%" + endpoint.interfaceName();
    return endpoint.reason().isEmpty() ? text : text + " (" + endpoint.reason() + ")";
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
