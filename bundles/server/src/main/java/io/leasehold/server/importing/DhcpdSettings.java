// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.net.Family;
import io.leasehold.server.importing.DhcpdScope.Kind;
import io.leasehold.server.plan.ClientClasses;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Statements of dhcpd that set something. Used by one thread. */
final class DhcpdSettings {
  /** dhcpd's defaults, which are not those of a plan. */
  private static final long DEFAULT_LEASE_SECONDS = 43_200;

  private static final long MAX_LEASE_SECONDS = 86_400;

  private static final String MEMBERS = "members of ";
  private static final String VALID = "valid-lifetime";
  private static final String LONGEST = "max-valid-lifetime";
  private static final String SHORTEST = "min-valid-lifetime";
  private static final String PREFERRED = "preferred-lifetime";

  private static final Map<String, String> SECONDS =
      Map.of(
          "default-lease-time", VALID,
          "max-lease-time", LONGEST,
          "min-lease-time", SHORTEST,
          "preferred-lifetime", PREFERRED);

  private static final Map<String, String> TEXTS =
      Map.of(
          "filename", "boot-file-name",
          "server-name", "server-hostname",
          "next-server", "next-server",
          "interface", "interface");

  private static final Set<String> OF_THE_PROGRAM =
      Set.of(
          "lease-file-name",
          "pid-file-name",
          "dhcpv6-lease-file-name",
          "dhcpv6-pid-file-name",
          "db-time-format",
          "log-facility",
          "local-port",
          "local-address",
          "omapi-port",
          "omapi-key",
          "key",
          "delayed-ack",
          "max-ack-delay",
          "limited-broadcast-address",
          "remote-port",
          "server-duid",
          "stash-agent-options",
          "dont-use-fsync");

  private static final Set<String> NAMES =
      Set.of("zone", "update-static-leases", "update-optimization", "update-conflict-detection");

  private static final Set<String> LOGIC =
      Set.of(
          "class",
          "subclass",
          "if",
          "elsif",
          "else",
          "switch",
          "on",
          "set",
          "unset",
          "match",
          "spawn",
          "log",
          "execute",
          "lease",
          "define",
          "add",
          "eval");

  /** Read with the host that they are in. */
  private static final Set<String> OF_HOSTS =
      Set.of(
          "hardware",
          "fixed-address",
          "fixed-address6",
          "fixed-prefix6",
          "host-identifier",
          "dynamic");

  private final ConversionLog log;
  private final DhcpdOptions options;
  private final Map<Family, List<Object>> definitions = new EnumMap<>(Family.class);

  DhcpdSettings(ConversionLog log, DhcpdOptions options) {
    this.log = log;
    this.options = options;
    for (Family family : Family.values()) {
      definitions.put(family, new ArrayList<>());
    }
  }

  /** The options that the file defines. */
  List<Object> definitions(Family family) {
    return definitions.get(family);
  }

  /** Takes a statement into its scope. */
  void read(String file, DhcpdStatement statement, DhcpdScope scope) {
    String word = statement.word(0);
    if (OF_HOSTS.contains(word) && scope.kind() == Kind.HOST) {
      return;
    }
    if (SECONDS.containsKey(word)) {
      scope.set(SECONDS.get(word), seconds(statement.word(1)));
      log.converted(file, statement);
    } else if (TEXTS.containsKey(word)) {
      text(scope, TEXTS.get(word), statement.word(1));
      log.converted(file, statement);
    } else if (word.equals("option")) {
      option(file, statement, scope);
    } else {
      other(file, statement, scope);
    }
  }

  private static void text(DhcpdScope scope, String key, String value) {
    if (key.equals("interface")) {
      scope.set(key, value);
    } else if (scope.family() == Family.IPV6) {
      throw new IllegalArgumentException("clients of DHCPv6 boot by options");
    } else {
      scope.set(Family.IPV4, key, value);
    }
  }

  private static Long seconds(String text) {
    if (!text.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException("'" + text + "' is not seconds");
    }
    return Math.min(Long.parseLong(text), 0xffff_ffffL);
  }

  private void option(String file, DhcpdStatement statement, DhcpdScope scope) {
    if (statement.word(1).equals("space")) {
      throw new IllegalArgumentException(
          "option spaces of vendors are written anew: option-def and option-data with \"space\"");
    }
    if (statement.word(2).equals("code")) {
      Optional<OptionDefinition> known = options.known(statement);
      if (known.isPresent()) {
        log.changed(file, statement, "it is defined already, as " + known.get());
      } else {
        definitions.get(DhcpdOptions.family(statement.word(1))).add(options.define(statement));
        log.converted(file, statement);
      }
      return;
    }
    String name = statement.word(1);
    boolean identifies = name.equals("dhcp-client-identifier") && scope.kind() == Kind.HOST;
    if (identifies) {
      return;
    }
    String timer =
        Map.of("dhcp-renewal-time", "renew-timer", "dhcp-rebinding-time", "rebind-timer").get(name);
    if (timer != null) {
      scope.set(timer, seconds(statement.word(2)));
    } else if (name.equals("dhcp6.rapid-commit")) {
      scope.set(Family.IPV6, "rapid-commit", true);
    } else {
      DhcpdOptions.Converted converted = options.convert(statement);
      scope.option(converted.family(), converted.name(), converted.members());
    }
    log.converted(file, statement);
  }

  private void other(String file, DhcpdStatement statement, DhcpdScope scope) {
    String word = statement.word(0);
    boolean on = !Set.of("off", "false").contains(statement.word(1));
    switch (word) {
      case "authoritative" -> scope.set(Family.IPV4, "authoritative", true);
      case "not" -> scope.set(Family.IPV4, "authoritative", false);
      case "use-host-decl-names" -> scope.nameHosts(on);
      case "ddns-hostname" -> scope.set("hostname", statement.word(1));
      case "adaptive-lease-time-threshold" ->
          scope.set(Family.IPV4, word, share(statement.word(1)));
      default -> {
        without(file, statement, scope);
        return;
      }
    }
    log.converted(file, statement);
  }

  private static Object share(String percent) {
    if (!percent.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("'" + percent + "' is not 1 to 99 percent");
    }
    return new java.math.BigDecimal(percent).movePointLeft(2);
  }

  /** What has no counterpart in a plan. */
  private void without(String file, DhcpdStatement statement, DhcpdScope scope) {
    String word = statement.word(0);
    if (OF_THE_PROGRAM.contains(word)) {
      log.changed(file, statement, "has no effect: it is about the program, not about clients");
    } else if (word.startsWith("ddns-") || NAMES.contains(word)) {
      log.notConverted(file, statement, "names are not registered in the DNS by this server");
    } else if (word.equals("failover")) {
      log.notConverted(
          file,
          statement,
          "a relationship is a file in etc/ and \"failover\" in the plan; see docs/failover.md");
    } else if (LOGIC.contains(word)) {
      log.notConverted(
          file, statement, "write it as a client class, \"client-classes\" with \"test\"");
    } else if (Set.of("allow", "deny", "ignore").contains(word)) {
      permission(file, statement, scope);
    } else if (word.startsWith("ping-")) {
      log.notConverted(
          file, statement, "addresses are pinged with libdhcp_ping_check.so in hooks-libraries");
    } else {
      log.notConverted(file, statement, "it has no counterpart");
    }
  }

  private void permission(String file, DhcpdStatement statement, DhcpdScope scope) {
    String what = statement.rest(1);
    boolean allows = statement.word(0).equals("allow");
    boolean ofPools = scope.kind() != Kind.HOST;
    if (ofPools && Set.of("known-clients", "unknown-clients").contains(what)) {
      permit(file, statement, scope, allows == what.equals("known-clients"));
    } else if (allows && scope.kind() == Kind.POOL && what.startsWith(MEMBERS)) {
      String name = what.substring(MEMBERS.length());
      scope.permit(name);
      log.changed(
          file, statement, "the pool is for nobody until the client class " + name + " is written");
    } else if (what.equals("client-updates")) {
      log.changed(file, statement, "has no effect: names are not registered in the DNS");
    } else if (allows && Set.of("booting", "duplicates").contains(what)) {
      log.changed(file, statement, "has no effect: it is so anyway");
    } else if (what.equals("leasequery")) {
      log.changed(file, statement, "has no effect: nobody is told of the leases of others");
    } else if (what.equals("bootp")) {
      log.changed(file, statement, "BOOTP clients are served where the plan has \"bootp\": true");
    } else {
      log.notConverted(
          file, statement, "write it as a client class and name that in the pool or subnet");
    }
  }

  /**
   * Who pools are for. Outside of pools {@code allow unknown-clients} takes back what is around.
   */
  private void permit(String file, DhcpdStatement statement, DhcpdScope scope, boolean known) {
    boolean asIs = scope.permitted().isEmpty();
    scope.permit(known ? ClientClasses.KNOWN : ClientClasses.UNKNOWN);
    boolean everybody = !known && scope.kind() != Kind.POOL && statement.word(0).equals("allow");
    if (everybody) {
      scope.permit(ClientClasses.KNOWN);
    }
    log.changed(
        file,
        statement,
        everybody && asIs
            ? "has no effect: it is so anyway"
            : "pools ask for the classes KNOWN and UNKNOWN: who has a reservation in the subnet or a"
                + " global one is known");
  }

  /** What the global scope says, with dhcpd's own lifetimes where it says none. */
  Map<String, Object> defaults(DhcpdScope global, Family family) {
    Map<String, Object> members = new LinkedHashMap<>(global.all(family));
    members.putIfAbsent(VALID, DEFAULT_LEASE_SECONDS);
    long valid = (Long) members.get(VALID);
    members.putIfAbsent(LONGEST, Math.max(valid, MAX_LEASE_SECONDS));
    if (family == Family.IPV6) {
      members.putIfAbsent(PREFERRED, valid * 5 / 8);
    } else {
      members.remove(PREFERRED);
    }
    return members;
  }
}
