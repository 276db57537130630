// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/** The keys of each object in {@code Dhcp6} and {@code Dhcp4}: a table. */
final class PlanKeys {
  private static final String DDNS = "names are not registered in the DNS by this server";
  private static final String REUSE = "every renewal is stored and gets its full lifetime";
  private static final String COMMANDS = "bin/leasehold exec runs the commands of the console";
  private static final String FILES = "the plan is the documents in etc/leasehold/plan.d";
  private static final String STATISTICS = "dhcp:counters shows the totals, without samples";
  private static final String OVER_V6 = "DHCPv4 over DHCPv6 is not served";
  static final String HOOKS =
      "extensions are bundles, installed with bundle:install or put into deploy/";
  private static final String RETRIED = "sockets that cannot be opened are retried all the time";

  /** On every level that has lifetimes, and in pools. */
  private static final KeySet LEVEL =
      KeySet.of("option-data")
          .but(
              DDNS,
              "ddns-send-updates",
              "ddns-override-no-update",
              "ddns-override-client-update",
              "ddns-replace-client-name",
              "ddns-generated-prefix",
              "ddns-qualifying-suffix",
              "ddns-update-on-renew",
              "ddns-use-conflict-resolution",
              "ddns-conflict-resolution-mode",
              "ddns-ttl-percent",
              "ddns-ttl",
              "ddns-ttl-min",
              "ddns-ttl-max",
              "hostname-char-set",
              "hostname-char-replacement")
          .but(REUSE, "cache-threshold", "cache-max-age")
          .but("lifetimes do not depend on how full a pool is", "adaptive-lease-time-threshold");

  /** Where classes decide who gets something of it. */
  private static final KeySet CLASSES =
      KeySet.of("client-class client-classes require-client-classes evaluate-additional-classes");

  /** On the levels from which a subnet inherits. */
  private static final KeySet NETWORK =
      LEVEL.and(
          KeySet.of(
              "valid-lifetime min-valid-lifetime max-valid-lifetime renew-timer rebind-timer"
                  + " calculate-tee-times t1-percent t2-percent rapid-commit allocator"
                  + " store-extended-info reservation-mode reservations-global"
                  + " reservations-in-subnet reservations-out-of-pool"));

  private static final KeySet NETWORK_6 =
      NETWORK.and(
          KeySet.of(
              "preferred-lifetime min-preferred-lifetime max-preferred-lifetime pd-allocator"));

  private static final KeySet NETWORK_4 =
      NETWORK.and(
          KeySet.of(
              "authoritative match-client-id next-server server-hostname boot-file-name"
                  + " adaptive-lease-time-threshold offer-lifetime bootp"));

  private static final KeySet GLOBAL =
      KeySet.of(
              "shared-networks interfaces-config host-reservation-identifiers option-def"
                  + " expired-leases-processing reservations decline-probation-period"
                  + " ip-reservations-unique client-classes early-global-reservations-lookup")
          .but(
              "leases are in the server's own store, set up in etc/io.leasehold.store.journal.cfg",
              "lease-database")
          .but("reservations are those of the plan", "hosts-database", "hosts-databases")
          .but(COMMANDS, "control-socket", "control-sockets")
          .but("logging is set up in etc/org.ops4j.pax.logging.cfg", "loggers")
          .but("links are served in parallel without settings", "multi-threading")
          .but(DDNS, "dhcp-ddns")
          .but(
              "a stored lease that does not fit the plan is kept and listed, not altered",
              "sanity-checks")
          .but(
              "when more comes in than can be served, new clients are dropped first",
              "dhcp-queue-control")
          .but(FILES, "config-control", "server-tag")
          .but("data are below the data directory of the instance", "data-directory")
          .but(OVER_V6, "dhcp4o6-port")
          .but(STATISTICS, "statistic-default-sample-count", "statistic-default-sample-age")
          .but("no packet is parked by a hook", "parked-packet-limit")
          .but("reservations are always looked up first", "reservations-lookup-first");

  private static final KeySet SELECTORS = KeySet.of("interface relay");
  private static final KeySet SELECTORS_6 = SELECTORS.and(KeySet.of("interface-id"));

  private static final KeySet SUBNET =
      CLASSES.and(KeySet.of("id subnet pools reservations failover"));

  private static final KeySet ANY_POOL =
      LEVEL.and(CLASSES).but("pools are told by their addresses", "pool-id");

  private static final KeySet RESERVATION =
      KeySet.of("duid hw-address flex-id hostname option-data client-classes");

  private static final KeySet INTERFACES =
      KeySet.of("interfaces")
          .but("interfaces are watched all the time", "re-detect")
          .but(
              "an interface that is missing is served when it appears",
              "service-sockets-require-all")
          .but(RETRIED, "service-sockets-retry-wait-time", "service-sockets-max-retries");

  static final KeySet GLOBAL_6 =
      NETWORK_6
          .and(GLOBAL)
          .and(KeySet.of("subnet6 mac-sources relay-supplied-options server-id hooks-libraries"))
          .but("malformed options are handled as RFC 8415 says", "compatibility")
          .but(
              "addresses that clients make themselves are not registered",
              "allow-address-registration");

  static final KeySet GLOBAL_4 =
      NETWORK_4
          .and(GLOBAL)
          .and(KeySet.of("subnet4 echo-client-id compatibility hooks-libraries"))
          .but(
              "clients that renew past their relay are known by their lease",
              "stash-agent-options");

  static final KeySet NETWORK_OF_6 =
      NETWORK_6.and(SELECTORS_6).and(CLASSES).and(KeySet.of("name subnet6 failover"));

  static final KeySet NETWORK_OF_4 =
      NETWORK_4.and(SELECTORS).and(CLASSES).and(KeySet.of("name subnet4 failover"));

  static final KeySet SUBNET_6 = NETWORK_6.and(SELECTORS_6).and(SUBNET).and(KeySet.of("pd-pools"));

  static final KeySet SUBNET_4 =
      NETWORK_4
          .and(SELECTORS)
          .and(SUBNET)
          .but(OVER_V6, "4o6-interface", "4o6-interface-id", "4o6-subnet");

  static final KeySet POOL = ANY_POOL.and(KeySet.of("pool"));

  static final KeySet PD_POOL =
      ANY_POOL.and(
          KeySet.of("prefix prefix-len delegated-len excluded-prefix excluded-prefix-len"));

  static final KeySet RESERVATION_6 =
      RESERVATION
          .and(KeySet.of("ip-addresses prefixes"))
          .but(
              "what is excluded from a prefix is said by the pd-pool it is from",
              "excluded-prefixes");

  static final KeySet RESERVATION_4 =
      RESERVATION.and(
          KeySet.of("client-id circuit-id ip-address next-server server-hostname boot-file-name"));

  static final KeySet OPTION_DATA =
      KeySet.of("name code space csv-format data always-send never-send client-classes");

  private static final KeySet CLASS =
      KeySet.of(
          "name test template-test option-data only-if-required only-in-additional-list"
              + " valid-lifetime min-valid-lifetime max-valid-lifetime");

  static final KeySet CLASS_6 =
      CLASS.and(KeySet.of("preferred-lifetime min-preferred-lifetime max-preferred-lifetime"));

  static final KeySet CLASS_4 =
      CLASS.and(KeySet.of("option-def next-server server-hostname boot-file-name offer-lifetime"));

  static final KeySet OPTION_DEF = KeySet.of("name code type array record-types space encapsulate");

  static final KeySet RELAY = KeySet.of("ip-addresses ip-address");

  static final KeySet INTERFACES_6 =
      INTERFACES.but("it only matters to DHCPv4", "dhcp-socket-type", "outbound-interface");

  static final KeySet INTERFACES_4 =
      INTERFACES
          .but("the transport in use has one way of receiving and sending", "dhcp-socket-type")
          .but("an answer leaves where the request came in", "outbound-interface");

  static final KeySet SERVER_ID = KeySet.of("type identifier htype time enterprise-id persist");

  static final KeySet EXPIRED =
      KeySet.of("hold-reclaimed-time")
          .but(
              "expired leases are reclaimed as they fall due",
              "reclaim-timer-wait-time",
              "flush-reclaimed-timer-wait-time",
              "max-reclaim-leases",
              "max-reclaim-time",
              "unwarned-reclaim-cycles");

  static final KeySet HOOKS_LIBRARY = KeySet.of("library parameters");

  static final KeySet COMPATIBILITY =
      KeySet.of(
          "lenient-option-parsing ignore-dhcp-server-identifier ignore-rai-link-selection"
              + " exclude-first-last-24 requests-without-address");

  static final KeySet PING_CHECK =
      KeySet.of("enable-ping-check min-ping-requests reply-timeout ping-cltt-secs")
          .but("threads are set up in etc/io.leasehold.probe.icmp.cfg", "ping-channel-threads");

  static final KeySet FLEX_ID_6 = KeySet.of("identifier-expression replace-client-id ignore-iaid");

  static final KeySet FLEX_ID_4 =
      KeySet.of("identifier-expression replace-client-id")
          .but("only DHCPv6 has identity associations", "ignore-iaid");

  private PlanKeys() {}
}
