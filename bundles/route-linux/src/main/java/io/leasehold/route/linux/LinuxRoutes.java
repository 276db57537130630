// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.RouteSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Routes in the kernel of Linux, put there by ip(8). They are marked with a protocol number, and
 * only routes with that number are ever replaced or removed. For any thread; each call runs one
 * program and waits for it.
 */
public final class LinuxRoutes implements RouteSink {
  /** What the kernel takes for a name, without what ip(8) takes for something else. */
  private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}");

  /** What ip(8) says when there is nothing to remove. */
  private static final Pattern ABSENT =
      Pattern.compile("no such process|no such device|cannot find device|no such file or dir");

  /** After a route; its octets have become one line. */
  private static final Pattern ROUTE_END = Pattern.compile("(?<= pref )(?:medium|low|high) ?");

  private final RouteSettings settings;
  private final IpCommand ip;

  /** Runs nothing yet. */
  public LinuxRoutes(RouteSettings settings) {
    this.settings = settings;
    this.ip = new IpCommand(settings.program(), settings.patience());
  }

  @Override
  public String name() {
    return "linux";
  }

  @Override
  public void add(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
    check(prefix, interfaceName);
    // The kernel would replace a route of anybody, if only prefix, metric and table are the same.
    IpCommand.Outcome present = ip.run(words("show", List.of("exact", prefix.toIpv6Text())));
    for (String route : ROUTE_END.split(present.said())) {
      if (route.contains(" metric " + settings.metric() + " ")
          && !route.contains(" proto " + settings.protocol() + " ")) {
        throw new IOException("route to " + prefix.toIpv6Text() + ": another is there: " + route);
      }
    }
    // RFC 8987 R-2: the length is that of the delegated prefix.
    succeed(ip.run(words("replace", route(prefix, nextHop, interfaceName))), prefix);
  }

  @Override
  public void remove(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
    check(prefix, interfaceName);
    IpCommand.Outcome outcome = ip.run(words("del", route(prefix, nextHop, interfaceName)));
    if (!ABSENT.matcher(outcome.said()).find()) {
      succeed(outcome, prefix);
    }
  }

  private static void check(Prefix prefix, String interfaceName) throws IOException {
    if (prefix.isMapped() || prefix.length() == 0) {
      throw new IOException(prefix + " is not a prefix that is delegated");
    }
    if (!INTERFACE.matcher(interfaceName).matches()) {
      throw new IOException("'" + interfaceName + "' is not the name of an interface");
    }
  }

  private static void succeed(IpCommand.Outcome outcome, Prefix prefix) throws IOException {
    if (!outcome.isGood()) {
      throw new IOException(
          "route to "
              + prefix.toIpv6Text()
              + ": "
              + outcome.said()
              + " (status "
              + outcome.status()
              + ")");
    }
  }

  private List<String> route(Prefix prefix, Ipv6 nextHop, String interfaceName) {
    return List.of(
        prefix.toIpv6Text(),
        "via",
        nextHop.toIpv6Text(),
        "dev",
        interfaceName,
        "proto",
        Integer.toString(settings.protocol()),
        "metric",
        Long.toString(settings.metric()));
  }

  private List<String> words(String verb, List<String> more) {
    List<String> words = new ArrayList<>(List.of("-6", "-N", "route", verb));
    words.addAll(more);
    words.addAll(List.of("table", Long.toString(settings.table())));
    return words;
  }
}
