// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static io.leasehold.codec.option.OptionSpace.DHCP6;
import static io.leasehold.codec.v6.Dhcp6OptionTable.Trait.OBSOLETE;
import static io.leasehold.codec.v6.Dhcp6OptionTable.Trait.REPEATABLE;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every DHCPv6 option that IANA lists, and what is inside those that hold options of their own: a
 * row of data each. Names are Kea's where Kea has one, else the registry's in the same style.
 */
public final class Dhcp6OptionTable {
  /** Inside ntp-server (RFC 5908). */
  public static final OptionSpace NTP_SERVER = new OptionSpace("ntp-server-options");

  /** Inside ipv6-address-mos (RFC 5678). */
  public static final OptionSpace MOS_ADDRESS = new OptionSpace("mos-address-options");

  /** Inside ipv6-fqdn-mos (RFC 5678). */
  public static final OptionSpace MOS_FQDN = new OptionSpace("mos-fqdn-options");

  /** Inside s46-cont-mape (RFC 7598). */
  public static final OptionSpace S46_MAPE = new OptionSpace("s46-cont-mape-options");

  /** Inside s46-cont-mapt (RFC 7598). */
  public static final OptionSpace S46_MAPT = new OptionSpace("s46-cont-mapt-options");

  /** Inside s46-cont-lw (RFC 7598). */
  public static final OptionSpace S46_LW = new OptionSpace("s46-cont-lw-options");

  /** Inside s46-rule (RFC 7598). */
  public static final OptionSpace S46_RULE = new OptionSpace("s46-rule-options");

  /** Inside s46-v4v6bind (RFC 7598). */
  public static final OptionSpace S46_BIND = new OptionSpace("s46-v4v6bind-options");

  /** Inside vendor-opts of a vendor that has no space of its own. */
  public static final OptionSpace VENDOR_OPTS = new OptionSpace("vendor-opts-space");

  /** Inside vendor-opts of CableLabs. */
  public static final OptionSpace CABLELABS = OptionSpace.vendor(4491);

  /** What a row says beyond the definition. */
  public enum Trait {
    /** The option may occur more than once in one place. */
    REPEATABLE,
    /** The option is read, never sent. */
    OBSOLETE
  }

  /**
   * One row.
   *
   * @param definition code, name and format
   * @param traits what else is known
   */
  public record Row(OptionDefinition definition, Set<Trait> traits) {
    /** Copies the set. */
    public Row {
      traits = Set.copyOf(traits);
    }

    /** Whether a second one in the same place is an error of the sender (RFC 7227 section 16). */
    public boolean isSingleton() {
      return !traits.contains(REPEATABLE);
    }

    /** Whether the option is read, never sent. */
    public boolean isObsolete() {
      return traits.contains(OBSOLETE);
    }
  }

  private static final String IA = "record(uint32, uint32, uint32)";
  private static final String SECONDS = "uint32";
  private static final String RULE =
      "record(uint8, uint8(0..48), uint8(0..32), ipv4-address, ipv6-prefix)";
  private static final String BIND = "record(ipv4-address, ipv6-prefix)";

  /** All rows, by space and code. */
  public static final List<Row> ROWS =
      List.of(
          // RFC 8415; 9915 where obsolete
          row(1, "clientid", "binary(1..130)"),
          row(2, "serverid", "binary(1..130)"),
          row(3, "ia-na", IA, DHCP6, REPEATABLE),
          row(4, "ia-ta", "uint32", DHCP6, REPEATABLE, OBSOLETE),
          row(5, "iaaddr", "record(ipv6-address, uint32, uint32)", DHCP6, REPEATABLE),
          row(6, "oro", "uint16[0..]"),
          row(7, "preference", "uint8"),
          row(8, "elapsed-time", "uint16"),
          row(9, "relay-msg", "binary"),
          row(11, "auth", "record(uint8, uint8, uint8, uint32, uint32, binary(0..))"),
          row(12, "unicast", "ipv6-address", OBSOLETE),
          row(13, "status-code", "record(uint16, string(0..))"),
          row(14, "rapid-commit", "empty"),
          row(15, "user-class", "tuple[]"),
          row(16, "vendor-class", "record(uint32, tuple[])", REPEATABLE),
          row(17, "vendor-opts", "uint32", VENDOR_OPTS, REPEATABLE),
          row(18, "interface-id", "binary"),
          row(19, "reconf-msg", "uint8"),
          row(20, "reconf-accept", "empty"),
          // RFC 3319
          row(21, "sip-server-dns", "fqdn[]"),
          row(22, "sip-server-addr", "ipv6-address[]"),
          // RFC 3646
          row(23, "dns-servers", "ipv6-address[]"),
          row(24, "domain-search", "fqdn[]"),
          // RFC 8415
          row(25, "ia-pd", IA, DHCP6, REPEATABLE),
          row(26, "iaprefix", "record(uint32, uint32, ipv6-whole-prefix)", DHCP6, REPEATABLE),
          // RFC 3898
          row(27, "nis-servers", "ipv6-address[]"),
          row(28, "nisp-servers", "ipv6-address[]"),
          row(29, "nis-domain-name", "fqdn[]"),
          row(30, "nisp-domain-name", "fqdn[]"),
          // RFC 4075
          row(31, "sntp-servers", "ipv6-address[]"),
          // RFC 8415
          row(32, "information-refresh-time", SECONDS),
          // RFC 4280
          row(33, "bcmcs-server-dns", "fqdn[]"),
          row(34, "bcmcs-server-addr", "ipv6-address[]"),
          // RFC 4776
          row(36, "geoconf-civic", "record(uint8, uint16, binary)"),
          // RFC 4649
          row(37, "remote-id", "record(uint32, binary)"),
          // RFC 4580
          row(38, "subscriber-id", "binary"),
          // RFC 4704
          row(39, "client-fqdn", "record(uint8, partial-fqdn)"),
          // RFC 5192
          row(40, "pana-agent", "ipv6-address[]"),
          // RFC 4833
          row(41, "new-posix-timezone", "string"),
          row(42, "new-tzdb-timezone", "string"),
          // RFC 4994
          row(43, "ero", "uint16[]"),
          // RFC 5007
          row(44, "lq-query", "record(uint8, ipv6-address)", DHCP6),
          row(45, "client-data", "empty", DHCP6, REPEATABLE),
          row(46, "clt-time", SECONDS),
          row(47, "lq-relay-data", "record(ipv6-address, binary)"),
          row(48, "lq-client-link", "ipv6-address[]"),
          // RFC 6610
          row(49, "mip6-hnidf", "fqdn"),
          row(50, "mip6-vdinf", "empty", DHCP6, REPEATABLE),
          // RFC 5223
          row(51, "v6-lost", "fqdn"),
          // RFC 5417
          row(52, "capwap-ac-v6", "ipv6-address[]"),
          // RFC 5460
          row(53, "relay-id", "binary(1..130)"),
          // RFC 5678
          row(54, "ipv6-address-mos", "empty", MOS_ADDRESS),
          row(55, "ipv6-fqdn-mos", "empty", MOS_FQDN),
          // RFC 5908
          row(56, "ntp-server", "empty", NTP_SERVER, REPEATABLE),
          // RFC 5986
          row(57, "v6-access-domain", "fqdn"),
          // RFC 6011
          row(58, "sip-ua-cs-list", "fqdn[]"),
          // RFC 5970
          row(59, "bootfile-url", "string"),
          row(60, "bootfile-param", "tuple[]"),
          row(61, "client-arch-type", "uint16[]"),
          row(62, "nii", "record(uint8, uint8, uint8)"),
          // RFC 6225
          row(63, "geolocation", "binary(16..16)"),
          // RFC 6334
          row(64, "aftr-name", "fqdn"),
          // RFC 6440
          row(65, "erp-local-domain-name", "fqdn"),
          // RFC 6422
          row(66, "rsoo", "empty", DHCP6),
          // RFC 6603
          row(67, "pd-exclude", "record(uint8(1..128), binary(1..16))"),
          // RFC 6607
          row(68, "vss", "record(uint8, binary(0..))"),
          // RFC 6610
          row(69, "mip6-idinf", "empty", DHCP6, REPEATABLE),
          row(70, "mip6-udinf", "empty", DHCP6, REPEATABLE),
          row(71, "mip6-hnp", "ipv6-whole-prefix", REPEATABLE),
          row(72, "mip6-haa", "ipv6-address", REPEATABLE),
          row(73, "mip6-haf", "fqdn", REPEATABLE),
          // RFC 6731
          row(74, "rdnss-selection", "record(ipv6-address, uint8, fqdn[])", REPEATABLE),
          // RFC 6784
          row(75, "krb-principal-name", "binary"),
          row(76, "krb-realm-name", "string"),
          row(77, "krb-default-realm-name", "string"),
          row(
              78,
              "krb-kdc",
              "record(uint16, uint16, uint8, uint16, ipv6-address, string(0..))",
              REPEATABLE),
          // RFC 6939
          row(79, "client-linklayer-addr", "record(uint16, binary(1..255))"),
          // RFC 6977
          row(80, "link-address", "ipv6-address"),
          // RFC 7037
          row(81, "radius", "binary"),
          // RFC 8415
          row(82, "solmax-rt", SECONDS),
          row(83, "inf-max-rt", SECONDS),
          // RFC 7078
          row(84, "addrsel", "uint8", DHCP6),
          row(85, "addrsel-table", "record(uint8, uint8, ipv6-prefix)", REPEATABLE),
          // RFC 7291
          row(86, "v6-pcp-server", "ipv6-address[]", REPEATABLE),
          // RFC 7341
          row(87, "dhcpv4-message", "binary"),
          row(88, "dhcp4o6-server-addr", "ipv6-address[0..]"),
          // RFC 7598
          row(89, "s46-rule", RULE, S46_RULE, REPEATABLE),
          row(90, "s46-br", "ipv6-address", REPEATABLE),
          row(91, "s46-dmr", "ipv6-prefix"),
          row(92, "s46-v4v6bind", BIND, S46_BIND),
          row(93, "s46-portparams", "record(uint8(0..15), psid)"),
          row(94, "s46-cont-mape", "empty", S46_MAPE, REPEATABLE),
          row(95, "s46-cont-mapt", "empty", S46_MAPT),
          row(96, "s46-cont-lw", "empty", S46_LW),
          // RFC 7600
          row(97, "4rd", "empty", DHCP6),
          row(
              98,
              "4rd-map-rule",
              "record(uint8(0..32), uint8(0..128), uint8, uint8, ipv4-address, binary)",
              REPEATABLE),
          row(99, "4rd-non-map-rule", "record(uint8, uint8, uint16)"),
          // RFC 7653
          row(100, "lq-base-time", SECONDS),
          row(101, "lq-start-time", SECONDS),
          row(102, "lq-end-time", SECONDS),
          // RFC 8910
          row(103, "v6-captive-portal", "string"),
          // RFC 7774
          row(104, "mpl-parameters", "binary", REPEATABLE),
          // RFC 7839
          row(105, "ani-att", "record(uint8, uint8)"),
          row(106, "ani-network-name", "string"),
          row(107, "ani-ap-name", "string"),
          row(108, "ani-ap-bssid", "binary(6..6)"),
          row(109, "ani-operator-id", "uint32"),
          row(110, "ani-operator-realm", "string"),
          // RFC 8026
          row(111, "s46-priority", "uint16[]"),
          // RFC 8520
          row(112, "mud-url-v6", "string"),
          // RFC 8115
          row(113, "v6-prefix64", "record(ipv6-prefix, ipv6-prefix, ipv6-prefix)", REPEATABLE),
          // RFC 8156
          row(114, "f-binding-status", "uint8"),
          row(115, "f-connect-flags", "uint16"),
          row(116, "f-dns-removal-info", "empty", DHCP6),
          row(117, "f-dns-host-name", "partial-fqdn"),
          row(118, "f-dns-zone-name", "fqdn"),
          row(119, "f-dns-flags", "uint16"),
          row(120, "f-expiration-time", "uint32"),
          row(121, "f-max-unacked-bndupd", "uint32"),
          row(122, "f-mclt", SECONDS),
          row(123, "f-partner-lifetime", "uint32"),
          row(124, "f-partner-lifetime-sent", "uint32"),
          row(125, "f-partner-down-time", "uint32"),
          row(126, "f-partner-raw-clt-time", "uint32"),
          row(127, "f-protocol-version", "record(uint16, uint16)"),
          row(128, "f-keepalive-time", SECONDS),
          row(129, "f-reconfigure-data", "record(uint32, binary)"),
          row(130, "f-relationship-name", "string"),
          row(131, "f-server-flags", "uint8"),
          row(132, "f-server-state", "uint8"),
          row(133, "f-start-time-of-state", "uint32"),
          row(134, "f-state-expiration-time", "uint32"),
          // RFC 8357
          row(135, "relay-source-port", "uint16"),
          // RFC 8572
          row(136, "v6-sztp-redirect", "tuple[]"),
          // RFC 8539
          row(137, "s46-bind-ipv6-prefix", "ipv6-prefix"),
          // RFC 8947
          row(138, "ia-ll", IA, DHCP6, REPEATABLE),
          row(139, "lladdr", "record(uint16, tuple, uint32, uint32)", DHCP6, REPEATABLE),
          // RFC 8948
          row(140, "slap-quad", "uint8[]"),
          // RFC 8973
          row(141, "v6-dots-ri", "fqdn"),
          row(142, "v6-dots-address", "ipv6-address[]"),
          // RFC 6153
          row(143, "ipv6-address-andsf", "ipv6-address[]"),
          // RFC 9463
          row(
              144,
              "v6-dnr",
              "record(uint16, sized-fqdn, sized-ipv6-addresses?, service-parameters?)",
              REPEATABLE),
          // RFC 9527
          row(145, "registered-domain", "fqdn", REPEATABLE),
          row(146, "forward-dist-manager", "record(uint16, fqdn)"),
          row(147, "reverse-dist-manager", "record(uint16, fqdn)"),
          // RFC 9686
          row(148, "addr-reg-enable", "empty"),
          // Locators for segment routing; their own fields are not told apart here
          row(149, "ia-srv6-locator", IA, DHCP6, REPEATABLE),
          row(150, "ialocator", "binary", REPEATABLE),

          // RFC 5908 section 4
          inside(NTP_SERVER, 1, "ntp-server-address", "ipv6-address"),
          inside(NTP_SERVER, 2, "ntp-server-multicast", "ipv6-address"),
          inside(NTP_SERVER, 3, "ntp-server-fqdn", "fqdn"),
          // RFC 5678 sections 4 and 5
          inside(MOS_ADDRESS, 1, "is-address", "ipv6-address[]"),
          inside(MOS_ADDRESS, 2, "cs-address", "ipv6-address[]"),
          inside(MOS_ADDRESS, 3, "es-address", "ipv6-address[]"),
          inside(MOS_FQDN, 1, "is-fqdn", "fqdn[]"),
          inside(MOS_FQDN, 2, "cs-fqdn", "fqdn[]"),
          inside(MOS_FQDN, 3, "es-fqdn", "fqdn[]"),
          // RFC 7598 sections 4 and 5
          row(S46_MAPE, 89, "s46-rule", RULE, S46_RULE, REPEATABLE),
          inside(S46_MAPE, 90, "s46-br", "ipv6-address", REPEATABLE),
          row(S46_MAPT, 89, "s46-rule", RULE, S46_RULE, REPEATABLE),
          inside(S46_MAPT, 91, "s46-dmr", "ipv6-prefix"),
          inside(S46_LW, 90, "s46-br", "ipv6-address", REPEATABLE),
          row(S46_LW, 92, "s46-v4v6bind", BIND, S46_BIND),
          inside(S46_RULE, 93, "s46-portparams", "record(uint8(0..15), psid)"),
          inside(S46_BIND, 93, "s46-portparams", "record(uint8(0..15), psid)"),
          // CableLabs CL-SP-CANN-DHCP-Reg
          inside(CABLELABS, 1, "oro", "uint16[]"),
          inside(CABLELABS, 2, "device-type", "string"),
          inside(CABLELABS, 10, "vendor-type", "string"),
          inside(CABLELABS, 32, "tftp-servers", "ipv6-address[]"),
          inside(CABLELABS, 33, "config-file", "string"),
          inside(CABLELABS, 34, "syslog-servers", "ipv6-address[]"),
          inside(CABLELABS, 36, "device-id", "binary"),
          inside(CABLELABS, 37, "time-servers", "ipv6-address[]"),
          inside(CABLELABS, 38, "time-offset", "int32"));

  /** The definitions of all rows. Those of vendors give way to a plan's own. */
  public static final OptionCatalogue CATALOGUE =
      OptionCatalogue.of(definitions(false)).withDefaults(definitions(true));

  private static final Map<Integer, Row> BY_CODE = new HashMap<>();

  static {
    for (Row row : ROWS) {
      if (row.definition().space().equals(DHCP6)) {
        BY_CODE.put(row.definition().code(), row);
      }
    }
  }

  private Dhcp6OptionTable() {}

  /** The row of a code among the options of DHCPv6 messages. */
  public static Optional<Row> row(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /**
   * The name of a code among the options of DHCPv6 messages, or {@code option-N} if it has none.
   */
  public static String name(int code) {
    Row row = BY_CODE.get(code);
    return row == null ? "option-" + code : row.definition().name();
  }

  private static List<OptionDefinition> definitions(boolean ofVendors) {
    return ROWS.stream()
        .map(Row::definition)
        .filter(definition -> definition.space().equals(CABLELABS) == ofVendors)
        .toList();
  }

  private static Row row(int code, String name, String format, Trait... traits) {
    return inside(DHCP6, code, name, format, traits);
  }

  private static Row row(
      int code, String name, String format, OptionSpace encapsulates, Trait... traits) {
    return row(DHCP6, code, name, format, encapsulates, traits);
  }

  private static Row inside(
      OptionSpace space, int code, String name, String format, Trait... traits) {
    return new Row(
        OptionDefinition.of(space, code, name, format), Set.copyOf(Arrays.asList(traits)));
  }

  private static Row row(
      OptionSpace space,
      int code,
      String name,
      String format,
      OptionSpace encapsulates,
      Trait... traits) {
    return new Row(
        new OptionDefinition(
            space, code, name, OptionFormat.parse(format), Optional.of(encapsulates)),
        Set.copyOf(Arrays.asList(traits)));
  }
}
