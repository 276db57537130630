// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which datagrams a policy is for, at one end (RFC 4301 section 4.4.1.1), as strongSwan writes it:
 * {@code 192.0.2.1/32[udp/bootps]}. It names ports by {@code /etc/services} if there is one.
 *
 * @param first address
 * @param last address
 * @param protocol of IP; 0 for all
 * @param firstPort of the range
 * @param lastPort of the range
 */
record TrafficSelector(Ipv6 first, Ipv6 last, int protocol, int firstPort, int lastPort) {
  private static final int UDP = 17;
  private static final Pattern FORM =
      Pattern.compile(
          "(?<from>[^\\[\\]/]+?)(\\.\\.(?<to>[^\\[\\]/]+))?(/(?<length>[0-9]{1,3}))?"
              + "(\\[(?<protocol>[^\\]/]*)(/(?<ports>[^\\]]*))?\\])?");
  private static final Map<String, Integer> PORTS =
      Map.of(
          "bootps", 67,
          "bootpc", 68,
          "dhcpv6-client", 546,
          "dhcpv6-server", 547);

  /** Reads one; empty if it is of a form that is not known. */
  static Optional<TrafficSelector> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Prefix prefix = prefix(matcher.group("from"), matcher.group("length"));
      Ipv6 last = matcher.group("to") == null ? prefix.last() : Ipv6.ofText(matcher.group("to"));
      int[] ports = ports(matcher.group("ports"));
      int protocol = protocol(matcher.group("protocol"));
      return Optional.of(new TrafficSelector(prefix.first(), last, protocol, ports[0], ports[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Prefix prefix(String address, String length) {
    if (address.equals("dynamic")) {
      return Prefix.ALL;
    }
    Ipv6 value = Ipv6.ofText(address);
    if (length == null) {
      return Prefix.masked(value, 128);
    }
    return Prefix.ofText(address + "/" + length);
  }

  private static int protocol(String text) {
    if (text == null || text.isEmpty() || text.equals("0")) {
      return 0;
    }
    return text.equals("udp") ? UDP : number(text);
  }

  private static int[] ports(String text) {
    if (text == null || text.isEmpty() || text.equals("0")) {
      return new int[] {0, 0xffff};
    }
    Integer named = PORTS.get(text);
    if (named != null) {
      return new int[] {named, named};
    }
    int dash = text.indexOf('-');
    int from = number(dash < 0 ? text : text.substring(0, dash));
    return new int[] {from, dash < 0 ? from : number(text.substring(dash + 1))};
  }

  /** A protocol or a service by a name that is not ours matches nothing that we send. */
  private static int number(String text) {
    return Integer.parseInt(text);
  }

  /** Whether it is for one host only. */
  boolean isHost() {
    return first.equals(last);
  }

  /** Whether it is for datagrams of UDP with this address and port. */
  boolean covers(Ipv6 address, int port) {
    return (protocol == 0 || protocol == UDP)
        && first.compareTo(address) <= 0
        && address.compareTo(last) <= 0
        && firstPort <= port
        && port <= lastPort;
  }
}
