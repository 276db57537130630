// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanConversion;
import io.leasehold.server.importing.DhcpdScope.Kind;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import io.leasehold.server.plan.json.PlanEditor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a plan document of a {@code dhcpd.conf}. What a plan cannot say is told and left out. Used
 * once, by one thread.
 */
public final class DhcpdPlan {
  /** Gives the statements of an included file. */
  @FunctionalInterface
  public interface Files {
    /**
     * The statements.
     *
     * @throws IllegalArgumentException if it cannot be read; the message ends a sentence
     */
    List<DhcpdStatement> read(String name);
  }

  private static final String POOL = "pool";
  private static final Set<String> ANYBODY = Set.of(ClientClasses.KNOWN, ClientClasses.UNKNOWN);

  private final Files files;
  private final ConversionLog log = new ConversionLog();
  private final DhcpdOptions options = new DhcpdOptions(StandardOptions.CATALOGUE);
  private final DhcpdSettings settings = new DhcpdSettings(log, options);
  private final DhcpdHosts hosts = new DhcpdHosts(log);
  private final DhcpdScope global = new DhcpdScope(Kind.GLOBAL, null, null);
  private final Map<Family, Map<Prefix, Map<String, Object>>> subnets = new EnumMap<>(Family.class);
  private final Map<Family, List<Object>> alone = new EnumMap<>(Family.class);
  private final Map<Family, List<Object>> networks = new EnumMap<>(Family.class);
  private final Map<Prefix, Map<String, Object>> networkSubnets = new LinkedHashMap<>();
  private final List<Late> late = new ArrayList<>();
  private final Map<Map<String, Object>, DhcpdScope> guarded = new IdentityHashMap<>();
  private int depth;

  /** A range that stands in a shared network, beside its subnets. */
  private record Late(String file, DhcpdStatement statement, DhcpdScope scope) {}

  private DhcpdPlan(Files files) {
    this.files = files;
    for (Family family : Family.values()) {
      subnets.put(family, new LinkedHashMap<>());
      alone.put(family, new ArrayList<>());
      networks.put(family, new ArrayList<>());
    }
  }

  /**
   * Converts a file.
   *
   * @param name of the file
   * @param files reads it and what it includes
   */
  public static PlanConversion convert(String name, Files files) {
    DhcpdPlan plan = new DhcpdPlan(files);
    plan.read(name, files.read(name), plan.global);
    String document = plan.document(name);
    return new PlanConversion(
        document,
        plan.log.entries(),
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("the plan", document)), List.of())
            .report());
  }

  private void read(String file, List<DhcpdStatement> statements, DhcpdScope scope) {
    for (DhcpdStatement statement : statements) {
      try {
        read(file, statement, scope);
      } catch (IllegalArgumentException e) {
        log.notConverted(file, statement, e.getMessage());
      }
    }
  }

  private void read(String file, DhcpdStatement statement, DhcpdScope scope) {
    switch (statement.word(0)) {
      case "include" -> include(file, statement, scope);
      case "subnet", "subnet6" -> subnet(file, statement, scope);
      case "shared-network" -> network(file, statement, scope);
      case "group" -> {
        read(file, statement.inner(), new DhcpdScope(Kind.GROUP, scope, null));
        log.converted(file, statement);
      }
      case "host" -> {
        DhcpdScope own = new DhcpdScope(Kind.HOST, scope, null);
        read(file, statement.inner(), own);
        hosts.add(file, statement, own);
      }
      case POOL, "pool6" -> {
        DhcpdScope pool = new DhcpdScope(Kind.POOL, scope, null);
        // Its options are those of its ranges, wherever they stand.
        read(file, statement.inner().stream().filter(s -> !isRange(s)).toList(), pool);
        read(file, statement.inner().stream().filter(DhcpdPlan::isRange).toList(), pool);
        log.converted(file, statement);
      }
      default -> {
        if (isRange(statement)) {
          range(file, statement, scope);
        } else {
          settings.read(file, statement, scope);
        }
      }
    }
  }

  private static boolean isRange(DhcpdStatement statement) {
    return List.of("range", "range6", "prefix6").contains(statement.word(0));
  }

  private void include(String file, DhcpdStatement statement, DhcpdScope scope) {
    if (++depth > 10) {
      throw new IllegalArgumentException("files include one another");
    }
    try {
      read(statement.word(1), files.read(statement.word(1)), scope);
      log.converted(file, statement);
    } finally {
      depth--;
    }
  }

  private void subnet(String file, DhcpdStatement statement, DhcpdScope scope) {
    boolean v6 = statement.word(0).equals("subnet6");
    Prefix prefix =
        v6
            ? Prefix.ofIpv6Text(statement.word(1))
            : Prefix.mapped(Ipv4.ofText(statement.word(1)), length(statement.word(3)));
    Family family = v6 ? Family.IPV6 : Family.IPV4;
    DhcpdScope own = new DhcpdScope(Kind.SUBNET, scope, family);
    read(file, statement.inner(), own);
    Map<String, Object> subnet = new LinkedHashMap<>();
    subnet.put("subnet", prefix.toString());
    subnet.putAll(own.all(family));
    if (subnets.get(family).putIfAbsent(prefix, subnet) != null) {
      throw new IllegalArgumentException("it is there already");
    }
    if (scope.within(Kind.NETWORK) == null) {
      alone.get(family).add(subnet);
    } else {
      networkSubnets.put(prefix, subnet);
    }
    log.converted(file, statement);
  }

  private static int length(String mask) {
    int bits = Ipv4.ofText(mask).value();
    int length = Integer.numberOfLeadingZeros(~bits);
    if (Ipv4.mask(length).value() != bits) {
      throw new IllegalArgumentException("'" + mask + "' is not a mask");
    }
    return length;
  }

  private void network(String file, DhcpdStatement statement, DhcpdScope scope) {
    boolean v6 = holdsSubnet6(statement);
    Family family = v6 ? Family.IPV6 : Family.IPV4;
    DhcpdScope own = new DhcpdScope(Kind.NETWORK, scope, family);
    read(file, statement.inner(), own);
    late.forEach(this::settle);
    late.clear();
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("name", statement.word(1));
    network.putAll(own.all(family));
    network.put(v6 ? "subnet6" : "subnet4", new ArrayList<>(networkSubnets.values()));
    networks.get(family).add(network);
    networkSubnets.clear();
    log.converted(file, statement);
  }

  private static boolean holdsSubnet6(DhcpdStatement block) {
    return block.inner().stream()
        .anyMatch(
            inner ->
                inner.word(0).equals("subnet6")
                    || inner.word(0).equals("group") && holdsSubnet6(inner));
  }

  private void range(String file, DhcpdStatement statement, DhcpdScope scope) {
    DhcpdScope subnet = scope.within(Kind.SUBNET);
    if (subnet != null) {
      for (Map<String, Object> pool : pools(statement, scope, subnet.family())) {
        if (pool.containsKey(POOL)) {
          subnet.pool(pool);
        } else {
          subnet.prefixPool(pool);
        }
      }
      tell(file, statement);
    } else if (scope.within(Kind.NETWORK) != null) {
      late.add(new Late(file, statement, scope));
    } else {
      throw new IllegalArgumentException(
          "it is in no subnet; write the pool into the subnet that has its addresses");
    }
  }

  /** Puts a range into the subnet of its shared network that has it; prefixes into the first. */
  private void settle(Late range) {
    try {
      for (Map<String, Object> pool :
          pools(range.statement(), range.scope(), range.scope().family())) {
        members(subnetOf(pool), pool.containsKey(POOL) ? "pools" : "pd-pools").add(pool);
      }
      tell(range.file(), range.statement());
    } catch (IllegalArgumentException e) {
      log.notConverted(range.file(), range.statement(), e.getMessage());
    }
  }

  private Map<String, Object> subnetOf(Map<String, Object> pool) {
    boolean delegated = !pool.containsKey(POOL);
    Ipv6 first = delegated ? null : Ipv6.ofText(pool.get(POOL).toString().split("[ /]")[0]);
    return networkSubnets.entrySet().stream()
        .filter(subnet -> delegated || subnet.getKey().contains(first))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subnet of its shared network has it"));
  }

  @SuppressWarnings("unchecked")
  private static List<Object> members(Map<String, Object> subnet, String key) {
    List<Object> members = new ArrayList<>((List<Object>) subnet.getOrDefault(key, List.of()));
    subnet.put(key, members);
    return members;
  }

  /** The pools that a range is in a plan. */
  private List<Map<String, Object>> pools(
      DhcpdStatement statement, DhcpdScope scope, Family family) {
    List<Map<String, Object>> pools = new ArrayList<>();
    if (statement.word(0).equals("prefix6")) {
      int length = Integer.parseInt(statement.word(3).replace("/", "").strip());
      Ipv6 begin = Ipv6.ofIpv6Text(statement.word(1));
      for (Prefix block : PrefixRange.blocks(begin, Ipv6.ofIpv6Text(statement.word(2)), length)) {
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("prefix", block.address().toString());
        pool.put("prefix-len", block.length());
        pool.put("delegated-len", length);
        pools.add(pool);
      }
    } else {
      int first = isForBootp(statement) ? 2 : 1;
      String begin = statement.word(first);
      String end = isTemporary(statement) ? "" : statement.word(first + 1);
      Map<String, Object> pool = new LinkedHashMap<>();
      pool.put(POOL, begin.contains("/") ? begin : begin + " - " + (end.isEmpty() ? begin : end));
      pools.add(pool);
    }
    for (Map<String, Object> pool : pools) {
      if (scope.kind() == Kind.POOL) {
        pool.putAll(scope.all(family));
      }
      guarded.put(pool, scope);
    }
    return pools;
  }

  private static boolean isForBootp(DhcpdStatement range) {
    return range.word(1).equals("dynamic-bootp");
  }

  private static boolean isTemporary(DhcpdStatement range) {
    return range.word(2).equals("temporary");
  }

  private void tell(String file, DhcpdStatement range) {
    if (isForBootp(range)) {
      log.changed(file, range, "BOOTP clients need \"bootp\": true in the subnet");
    } else if (isTemporary(range)) {
      log.changed(file, range, "temporary addresses are obsolete: it is an ordinary pool");
    } else {
      log.converted(file, range);
    }
  }

  private String document(String name) {
    guarded.forEach(
        (pool, scope) -> {
          if (!scope.permitted().isEmpty() && !scope.permitted().containsAll(ANYBODY)) {
            pool.put("client-classes", List.copyOf(scope.permitted()));
          }
        });
    Map<String, Object> document = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      boolean v6 = family == Family.IPV6;
      List<Object> reserved = new ArrayList<>();
      hosts.settle(family, subnets.get(family), reserved);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("comment", "Made of " + name + " of ISC dhcpd");
      object.putAll(settings.defaults(global, family));
      if (!settings.definitions(family).isEmpty()) {
        object.put("option-def", settings.definitions(family));
      }
      if (!reserved.isEmpty()) {
        object.put("reservations-global", true);
        object.put("reservations", reserved);
      }
      if (!networks.get(family).isEmpty()) {
        object.put("shared-networks", networks.get(family));
      }
      if (!alone.get(family).isEmpty()) {
        object.put(v6 ? "subnet6" : "subnet4", alone.get(family));
      }
      if (!subnets.get(family).isEmpty() || !reserved.isEmpty()) {
        document.put(v6 ? "Dhcp6" : "Dhcp4", object);
      }
    }
    return PlanEditor.document(document) + "\n";
  }
}
