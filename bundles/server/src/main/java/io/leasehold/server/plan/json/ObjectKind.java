// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The objects of a plan and the keys they may have: those that are honoured, those that Kea knows
 * and that something else of this platform stands for, and those that would change who gets what
 * and therefore cannot be passed over.
 */
enum ObjectKind {
  GLOBAL(
      "the Dhcp6 object",
      Keys.NETWORK
          + Keys.LIFETIMES
          + Keys.SCOPE
          + " subnet6 shared-networks interfaces-config mac-sources"
          + " relay-supplied-options host-reservation-identifiers option-def expired-leases-processing server-id"
          + " reservations decline-probation-period ip-reservations-unique",
      Replaced.join(Replaced.NETWORK, Replaced.GLOBAL)),
  SHARED_NETWORK(
      "a shared network",
      Keys.NETWORK + Keys.LIFETIMES + Keys.SCOPE + Keys.SELECTORS + " name subnet6",
      Replaced.NETWORK),
  SUBNET(
      "a subnet",
      Keys.NETWORK
          + Keys.LIFETIMES
          + Keys.SCOPE
          + Keys.SELECTORS
          + " id subnet pools pd-pools reservations",
      Replaced.NETWORK),
  POOL("a pool", " pool option-data", Replaced.join(Replaced.NETWORK, Replaced.POOL)),
  PD_POOL(
      "a pd-pool",
      " prefix prefix-len delegated-len excluded-prefix excluded-prefix-len option-data",
      Replaced.join(Replaced.NETWORK, Replaced.POOL)),
  RESERVATION(
      "a reservation",
      " duid hw-address flex-id ip-addresses prefixes hostname option-data",
      Map.of()),
  OPTION_DATA("an option", " name code space csv-format data always-send never-send", Map.of()),
  OPTION_DEF(
      "an option definition", " name code type array record-types space encapsulate", Map.of()),
  RELAY("a relay", " ip-addresses ip-address", Map.of()),
  INTERFACES("interfaces-config", " interfaces", Replaced.INTERFACES),
  SERVER_ID("server-id", " type identifier htype time enterprise-id persist", Map.of()),
  EXPIRED("expired-leases-processing", " hold-reclaimed-time", Replaced.EXPIRED);

  /** Keys of option guards and classes: empty ones mean nothing, others are refused. */
  private static final Set<String> CLASS_KEYS =
      Set.of(
          "client-classes",
          "client-class",
          "require-client-classes",
          "evaluate-additional-classes");

  /** Keys that explain and do nothing, in every object. */
  private static final Set<String> REMARKS = Set.of("comment", "user-context", "metadata");

  private final String title;
  private final Set<String> honoured;
  private final Map<String, String> replaced;

  ObjectKind(String title, String honoured, Map<String, String> replaced) {
    this.title = title;
    this.honoured = Set.copyOf(Arrays.asList(honoured.trim().split(" ")));
    this.replaced = replaced;
  }

  /** What it is, in a sentence. */
  String title() {
    return title;
  }

  /** Whether a key is honoured. */
  boolean honours(String key) {
    return honoured.contains(key);
  }

  /** Whether a key only explains. */
  static boolean isRemark(String key) {
    return REMARKS.contains(key);
  }

  /** Whether a key depends on client classes. */
  static boolean isAboutClasses(String key) {
    return CLASS_KEYS.contains(key);
  }

  /** What stands for a key of Kea here; null if it is not such a key. */
  String replacement(String key) {
    return replaced.get(key);
  }

  /** All keys, for guessing. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(honoured);
    keys.addAll(replaced.keySet());
    return keys;
  }

  /** Another object in which the key is honoured; null if there is none. */
  static ObjectKind homeOf(String key) {
    return Arrays.stream(values()).filter(kind -> kind.honours(key)).findFirst().orElse(null);
  }

  private static final class Keys {
    static final String LIFETIMES =
        " valid-lifetime min-valid-lifetime max-valid-lifetime preferred-lifetime min-preferred-lifetime"
            + " max-preferred-lifetime renew-timer rebind-timer calculate-tee-times t1-percent t2-percent";
    static final String NETWORK =
        " option-data rapid-commit allocator pd-allocator store-extended-info";
    static final String SCOPE =
        " reservation-mode reservations-global reservations-in-subnet reservations-out-of-pool";
    static final String SELECTORS = " interface interface-id relay";
  }

  private static final class Replaced {
    private static final String DDNS = "names are not registered in the DNS by this server";
    private static final String REUSE = "every renewal is stored and gets its full lifetime";
    private static final String STORE =
        "leases are in the server's own store, set up in etc/io.leasehold.store.journal.cfg";
    private static final String HOSTS = "reservations are those of the plan";
    private static final String COMMANDS = "bin/leasehold exec runs the commands of the console";
    private static final String FILES = "the plan is the documents in etc/leasehold/plan.d";
    private static final String STATISTICS = "dhcp:counters shows the totals, without samples";
    private static final String CLASS_ORDER = "it only matters to client classes";
    private static final String RECLAIM = "expired leases are reclaimed as they fall due";

    static final Map<String, String> NETWORK =
        Map.ofEntries(
            entry("ddns-send-updates", DDNS),
            entry("ddns-override-no-update", DDNS),
            entry("ddns-override-client-update", DDNS),
            entry("ddns-replace-client-name", DDNS),
            entry("ddns-generated-prefix", DDNS),
            entry("ddns-qualifying-suffix", DDNS),
            entry("ddns-update-on-renew", DDNS),
            entry("ddns-use-conflict-resolution", DDNS),
            entry("ddns-conflict-resolution-mode", DDNS),
            entry("ddns-ttl-percent", DDNS),
            entry("ddns-ttl", DDNS),
            entry("ddns-ttl-min", DDNS),
            entry("ddns-ttl-max", DDNS),
            entry("hostname-char-set", DDNS),
            entry("hostname-char-replacement", DDNS),
            entry("cache-threshold", REUSE),
            entry("cache-max-age", REUSE));

    static final Map<String, String> POOL = Map.of("pool-id", "pools are told by their addresses");

    static final Map<String, String> GLOBAL =
        Map.ofEntries(
            entry("lease-database", STORE),
            entry("hosts-database", HOSTS),
            entry("hosts-databases", HOSTS),
            entry(
                "hooks-libraries",
                "extensions are bundles, installed with bundle:install or put into deploy/"),
            entry("control-socket", COMMANDS),
            entry("control-sockets", COMMANDS),
            entry("loggers", "logging is set up in etc/org.ops4j.pax.logging.cfg"),
            entry("multi-threading", "links are served in parallel without settings"),
            entry("dhcp-ddns", DDNS),
            entry(
                "sanity-checks",
                "a stored lease that does not fit the plan is kept and listed, not altered"),
            entry(
                "dhcp-queue-control",
                "when more comes in than can be served, Solicits are dropped first"),
            entry("config-control", FILES),
            entry("server-tag", FILES),
            entry("data-directory", "data are below the data directory of the instance"),
            entry("dhcp4o6-port", "DHCPv4 over DHCPv6 is not served"),
            entry("statistic-default-sample-count", STATISTICS),
            entry("statistic-default-sample-age", STATISTICS),
            entry("parked-packet-limit", "no packet is parked by a hook"),
            entry("early-global-reservations-lookup", CLASS_ORDER),
            entry("reservations-lookup-first", "reservations are always looked up first"),
            entry("compatibility", "malformed options are handled as RFC 8415 says"));

    static final Map<String, String> INTERFACES =
        Map.of(
            "re-detect", "interfaces are watched all the time",
            "service-sockets-require-all", "an interface that is missing is served when it appears",
            "service-sockets-retry-wait-time",
                "sockets that cannot be opened are retried all the time",
            "service-sockets-max-retries", "sockets that cannot be opened are retried all the time",
            "dhcp-socket-type", "it only matters to DHCPv4",
            "outbound-interface", "it only matters to DHCPv4");

    static final Map<String, String> EXPIRED =
        Map.of(
            "reclaim-timer-wait-time", RECLAIM,
            "flush-reclaimed-timer-wait-time", RECLAIM,
            "max-reclaim-leases", RECLAIM,
            "max-reclaim-time", RECLAIM,
            "unwarned-reclaim-cycles", RECLAIM);

    static Map<String, String> join(Map<String, String> one, Map<String, String> other) {
      Map<String, String> all = new HashMap<>(one);
      all.putAll(other);
      return Map.copyOf(all);
    }
  }
}
