// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.lease.text.DhcpdScanner.Kind;
import io.leasehold.lease.text.DhcpdScanner.Token;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hosts of dhcpd, which are of no subnet there, as reservations of the subnets that have their
 * addresses. Used by one thread.
 */
final class DhcpdHosts {
  private static final String HOSTNAME = "hostname";

  /** A host as it is read. */
  private record Host(
      String file, DhcpdStatement statement, DhcpdScope scope, Map<String, Object> who) {}

  private final ConversionLog log;
  private final List<Host> hosts = new ArrayList<>();

  DhcpdHosts(ConversionLog log) {
    this.log = log;
  }

  /** Takes a host whose statements about options and boot files are in its scope already. */
  void add(String file, DhcpdStatement host, DhcpdScope scope) {
    Map<String, Object> who = new LinkedHashMap<>();
    for (DhcpdStatement inner : host.inner()) {
      switch (inner.word(0)) {
        case "hardware" -> who.put("hw-address", hex(inner.words().get(inner.words().size() - 1)));
        case "host-identifier" -> identifier(inner, 2, who);
        case "option" -> {
          if (inner.word(1).equals("dhcp-client-identifier")) {
            identifier(inner, 1, who);
          }
        }
        default -> {
          // Of no concern for who it is.
        }
      }
    }
    hosts.add(new Host(file, host, scope, who));
  }

  private static void identifier(DhcpdStatement inner, int name, Map<String, Object> who) {
    Token value = inner.words().get(inner.words().size() - 1);
    if (inner.word(name).equals("dhcp6.client-id")) {
      who.put("duid", hex(value));
    } else if (inner.word(name).equals("dhcp-client-identifier")) {
      who.put("client-id", hex(value));
    }
  }

  private static String hex(Token value) {
    if (value.kind() == Kind.TEXT) {
      return HexFormat.ofDelimiter(":")
          .formatHex(value.text().getBytes(StandardCharsets.ISO_8859_1));
    }
    List<String> octets = new ArrayList<>();
    for (String octet : value.text().split(":")) {
      octets.add(octet.length() == 1 ? "0" + octet : octet);
    }
    return String.join(":", octets);
  }

  /**
   * Puts reservations into subnets, and those without an address among the global ones.
   *
   * @param subnets of a family by prefix
   */
  void settle(Family family, Map<Prefix, Map<String, Object>> subnets, List<Object> global) {
    for (Host host : hosts) {
      if (family(host) == family) {
        settle(host, family, subnets, global);
      }
    }
  }

  /** One with an IPv6 address or a DUID is of DHCPv6. */
  private static Family family(Host host) {
    boolean v6 =
        host.who().containsKey("duid")
            || host.statement().inner().stream()
                .anyMatch(
                    inner -> inner.word(0).startsWith("fixed-") && inner.word(0).endsWith("6"));
    return v6 ? Family.IPV6 : Family.IPV4;
  }

  private void settle(
      Host host, Family family, Map<Prefix, Map<String, Object>> subnets, List<Object> global) {
    DhcpdStatement statement = host.statement();
    if (host.who().isEmpty()) {
      log.notConverted(host.file(), statement, "it says neither hardware nor identifier");
      return;
    }
    Map<String, Object> common = new LinkedHashMap<>(host.who());
    if (common.size() > 1) {
      String left = common.keySet().stream().reduce((one, other) -> other).orElseThrow();
      common.keySet().removeIf(key -> !key.equals(left));
      log.changed(host.file(), statement, "it is known by its " + left + " only");
    }
    Map<String, Object> more = new LinkedHashMap<>(host.scope().all(family));
    if (host.scope().namesHosts() && !more.containsKey(HOSTNAME)) {
      more.put(HOSTNAME, statement.word(1));
    }
    Set<String> left = host.scope().leftOut(family);
    if (!left.isEmpty()) {
      log.changed(
          host.file(),
          statement,
          "a plan says it of subnets only, and its group says " + String.join(", ", left));
    }
    List<Ipv6> addresses = addresses(host, family);
    List<String> prefixes = prefixes(host, family);
    if (addresses.isEmpty()) {
      settleWithoutAddress(host, join(common, more), prefixes, global);
      return;
    }
    int settled = 0;
    for (Map.Entry<Prefix, Map<String, Object>> subnet : subnets.entrySet()) {
      List<String> here =
          addresses.stream().filter(subnet.getKey()::contains).map(Ipv6::toString).toList();
      if (here.isEmpty()) {
        continue;
      }
      settled += here.size();
      Map<String, Object> resource = new LinkedHashMap<>();
      if (family == Family.IPV6) {
        resource.put("ip-addresses", here);
      } else {
        resource.put("ip-address", here.get(0));
      }
      if (!prefixes.isEmpty()) {
        resource.put("prefixes", prefixes);
        prefixes = List.of();
      }
      reservations(subnet.getValue()).add(join(join(common, resource), more));
      if (family == Family.IPV4 && here.size() > 1) {
        log.changed(host.file(), statement, "in a subnet it gets its first address only");
      }
    }
    if (settled < addresses.size()) {
      log.notConverted(host.file(), statement, "its address is in no subnet");
    } else {
      log.converted(host.file(), statement);
    }
  }

  private static List<String> prefixes(Host host, Family family) {
    return family == Family.IPV4
        ? List.of()
        : host.statement().inner().stream()
            .filter(inner -> inner.word(0).equals("fixed-prefix6"))
            .map(inner -> inner.word(1))
            .toList();
  }

  private void settleWithoutAddress(
      Host host, Map<String, Object> reservation, List<String> prefixes, List<Object> global) {
    if (!prefixes.isEmpty()) {
      reservation.put("prefixes", prefixes);
    }
    if (reservation.size() == 1) {
      reservation.put(HOSTNAME, host.statement().word(1));
      log.changed(host.file(), host.statement(), "it gets its name, having nothing else");
    } else {
      log.converted(host.file(), host.statement());
    }
    global.add(reservation);
  }

  private List<Ipv6> addresses(Host host, Family family) {
    List<Ipv6> addresses = new ArrayList<>();
    String wanted = family == Family.IPV6 ? "fixed-address6" : "fixed-address";
    for (DhcpdStatement inner : host.statement().inner()) {
      if (inner.word(0).equals(wanted)) {
        for (Token word : inner.words().subList(1, inner.words().size())) {
          if (!word.is(',')) {
            address(host, inner, word.text(), addresses);
          }
        }
      }
    }
    return addresses;
  }

  private void address(Host host, DhcpdStatement inner, String text, List<Ipv6> addresses) {
    try {
      addresses.add(Ipv6.ofText(text));
    } catch (IllegalArgumentException e) {
      log.notConverted(
          host.file(), inner, "'" + text + "' is a name; write the address that it has");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Object> reservations(Map<String, Object> subnet) {
    return (List<Object>) subnet.computeIfAbsent("reservations", key -> new ArrayList<Object>());
  }

  private static Map<String, Object> join(Map<String, Object> first, Map<String, Object> second) {
    Map<String, Object> joined = new LinkedHashMap<>(first);
    second.forEach(joined::putIfAbsent);
    return joined;
  }
}
