// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static io.leasehold.codec.option.OptionSpace.DHCP4;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every DHCPv4 option that IANA lists, and what is inside those that hold options of their own: a
 * row of data each. Names and formats are Kea's where Kea has the option; other names are the
 * registry's in the same style.
 *
 * <p>Codes 128 to 135 have no row: the registry leaves their meaning to vendors. Of
 * vivso-suboptions the row describes what a plan writes, the number of the enterprise; length and
 * vendor's options follow, see {@link VendorIdentifyingOptions}.
 */
public final class Dhcp4OptionTable {
  /** Inside vendor-encapsulated-options, where nothing else is said of the vendor. */
  public static final OptionSpace VENDOR_ENCAPSULATED = space("vendor-encapsulated-options-space");

  /** Inside dhcp-agent-options (RFC 3046). */
  public static final OptionSpace RELAY_AGENT = space("dhcp-agent-options-space");

  /** Inside ccc (RFC 3495). */
  public static final OptionSpace CABLELABS_CLIENT = space("ccc-options");

  /** Inside ipv4-address-mos (RFC 5678). */
  public static final OptionSpace MOS_ADDRESS = space("mos-address-options");

  /** Inside ipv4-fqdn-mos (RFC 5678). */
  public static final OptionSpace MOS_FQDN = space("mos-fqdn-options");

  /** Inside vivso-suboptions of CableLabs. */
  public static final OptionSpace CABLELABS = OptionSpace.vendor4(4491);

  /**
   * One row.
   *
   * @param definition code, name and format
   * @param givesWay whether a plan may define the code or the name for itself: Kea, or a release of
   *     it in use, does not know the option, so plans written for it do
   */
  public record Row(OptionDefinition definition, boolean givesWay) {}

  /** All rows, by space and code. */
  public static final List<Row> ROWS =
      List.of(
          // RFC 2132
          row(1, "subnet-mask", "ipv4-address"),
          row(2, "time-offset", "int32"),
          row(3, "routers", "ipv4-address[]"),
          row(4, "time-servers", "ipv4-address[]"),
          row(5, "name-servers", "ipv4-address[]"),
          row(6, "domain-name-servers", "ipv4-address[]"),
          row(7, "log-servers", "ipv4-address[]"),
          row(8, "cookie-servers", "ipv4-address[]"),
          row(9, "lpr-servers", "ipv4-address[]"),
          row(10, "impress-servers", "ipv4-address[]"),
          row(11, "resource-location-servers", "ipv4-address[]"),
          row(12, "host-name", "string"),
          row(13, "boot-size", "uint16"),
          row(14, "merit-dump", "string"),
          row(15, "domain-name", "string"),
          row(16, "swap-server", "ipv4-address"),
          row(17, "root-path", "string"),
          row(18, "extensions-path", "string"),
          row(19, "ip-forwarding", "boolean"),
          row(20, "non-local-source-routing", "boolean"),
          row(21, "policy-filter", "ipv4-address[]"),
          row(22, "max-dgram-reassembly", "uint16"),
          row(23, "default-ip-ttl", "uint8"),
          row(24, "path-mtu-aging-timeout", "uint32"),
          row(25, "path-mtu-plateau-table", "uint16[]"),
          row(26, "interface-mtu", "uint16"),
          row(27, "all-subnets-local", "boolean"),
          row(28, "broadcast-address", "ipv4-address"),
          row(29, "perform-mask-discovery", "boolean"),
          row(30, "mask-supplier", "boolean"),
          row(31, "router-discovery", "boolean"),
          row(32, "router-solicitation-address", "ipv4-address"),
          row(33, "static-routes", "ipv4-address[]"),
          row(34, "trailer-encapsulation", "boolean"),
          row(35, "arp-cache-timeout", "uint32"),
          row(36, "ieee802-3-encapsulation", "boolean"),
          row(37, "default-tcp-ttl", "uint8"),
          row(38, "tcp-keepalive-interval", "uint32"),
          row(39, "tcp-keepalive-garbage", "boolean"),
          row(40, "nis-domain", "string"),
          row(41, "nis-servers", "ipv4-address[]"),
          row(42, "ntp-servers", "ipv4-address[]"),
          row(43, "vendor-encapsulated-options", "empty", VENDOR_ENCAPSULATED),
          row(44, "netbios-name-servers", "ipv4-address[]"),
          row(45, "netbios-dd-server", "ipv4-address[]"),
          row(46, "netbios-node-type", "uint8"),
          row(47, "netbios-scope", "string"),
          row(48, "font-servers", "ipv4-address[]"),
          row(49, "x-display-manager", "ipv4-address[]"),
          row(50, "dhcp-requested-address", "ipv4-address"),
          row(51, "dhcp-lease-time", "uint32"),
          row(52, "dhcp-option-overload", "uint8"),
          row(53, "dhcp-message-type", "uint8"),
          row(54, "dhcp-server-identifier", "ipv4-address"),
          row(55, "dhcp-parameter-request-list", "uint8[]"),
          row(56, "dhcp-message", "string"),
          row(57, "dhcp-max-message-size", "uint16"),
          row(58, "dhcp-renewal-time", "uint32"),
          row(59, "dhcp-rebinding-time", "uint32"),
          row(60, "vendor-class-identifier", "string"),
          row(61, "dhcp-client-identifier", "binary"),
          // RFC 2242
          row(62, "nwip-domain-name", "string"),
          row(63, "nwip-suboptions", "binary"),
          // RFC 2132
          row(64, "nisplus-domain-name", "string"),
          row(65, "nisplus-servers", "ipv4-address[]"),
          row(66, "tftp-server-name", "string"),
          row(67, "boot-file-name", "string"),
          row(68, "mobile-ip-home-agent", "ipv4-address[0..]"),
          row(69, "smtp-server", "ipv4-address[]"),
          row(70, "pop-server", "ipv4-address[]"),
          row(71, "nntp-server", "ipv4-address[]"),
          row(72, "www-server", "ipv4-address[]"),
          row(73, "finger-server", "ipv4-address[]"),
          row(74, "irc-server", "ipv4-address[]"),
          row(75, "streettalk-server", "ipv4-address[]"),
          row(76, "streettalk-directory-assistance-server", "ipv4-address[]"),
          // RFC 3004
          row(77, "user-class", "binary"),
          // RFC 2610
          row(78, "slp-directory-agent", "record(boolean, ipv4-address[])"),
          row(79, "slp-service-scope", "record(boolean, string(0..))"),
          // RFC 4039
          ours(80, "rapid-commit", "empty"),
          // RFC 4702
          row(81, "fqdn", "record(uint8, uint8, uint8, partial-fqdn)"),
          // RFC 3046
          row(82, "dhcp-agent-options", "empty", RELAY_AGENT),
          // RFC 4174
          ours(83, "isns", "record(uint16, uint16, uint16, uint32, ipv4-address[])"),
          // RFC 2241
          row(85, "nds-servers", "ipv4-address[]"),
          row(86, "nds-tree-name", "string"),
          row(87, "nds-context", "string"),
          // RFC 4280
          row(88, "bcms-controller-names", "fqdn[]"),
          row(89, "bcms-controller-address", "ipv4-address[]"),
          // RFC 3118
          row(90, "authenticate", "binary"),
          // RFC 4388
          row(91, "client-last-transaction-time", "uint32"),
          row(92, "associated-ip", "ipv4-address[]"),
          // RFC 4578
          row(93, "client-system", "uint16[]"),
          row(94, "client-ndi", "record(uint8, uint8, uint8)"),
          // RFC 3679
          ours(95, "ldap-url", "string"),
          // RFC 4578
          row(97, "uuid-guid", "record(uint8, binary)"),
          // RFC 2485
          row(98, "uap-servers", "string"),
          // RFC 4776
          row(99, "geoconf-civic", "binary"),
          // RFC 4833
          row(100, "pcode", "string"),
          row(101, "tcode", "string"),
          // RFC 8925
          row(108, "v6-only-preferred", "uint32"),
          // RFC 8539
          ours(109, "dhcp4o6-s46-saddr", "ipv6-address"),
          // RFC 3679
          row(112, "netinfo-server-address", "ipv4-address[]"),
          row(113, "netinfo-server-tag", "string"),
          // RFC 8910
          row(114, "v4-captive-portal", "string"),
          // RFC 2563
          row(116, "auto-config", "uint8"),
          // RFC 2937
          row(117, "name-service-search", "uint16[]"),
          // RFC 3011
          row(118, "subnet-selection", "ipv4-address"),
          // RFC 3397
          row(119, "domain-search", "compressed-fqdn[]"),
          // RFC 3361
          ours(120, "sip-servers", "record(uint8(0..1), binary)"),
          // RFC 3442
          ours(121, "classless-static-route", "ipv4-route[]"),
          // RFC 3495
          ours(122, "ccc", "empty", CABLELABS_CLIENT),
          // RFC 6225
          ours(123, "geoconf", "binary(16..16)"),
          // RFC 3925
          row(124, "vivco-suboptions", "record(uint32, binary)"),
          row(125, "vivso-suboptions", "uint32"),
          // RFC 5192
          row(136, "pana-agent", "ipv4-address[]"),
          // RFC 5223
          row(137, "v4-lost", "fqdn"),
          // RFC 5417
          row(138, "capwap-ac-v4", "ipv4-address[]"),
          // RFC 5678
          ours(139, "ipv4-address-mos", "empty", MOS_ADDRESS),
          ours(140, "ipv4-fqdn-mos", "empty", MOS_FQDN),
          // RFC 6011
          row(141, "sip-ua-cs-domains", "fqdn[]"),
          // RFC 6153
          row(142, "ipv4-address-andsf", "ipv4-address[]"),
          // RFC 8572
          ours(143, "v4-sztp-redirect", "tuple[]"),
          // RFC 6225
          ours(144, "geoloc", "binary(16..16)"),
          // RFC 6704
          ours(145, "forcerenew-nonce-capable", "uint8[]"),
          // RFC 6731
          row(146, "rdnss-selection", "record(uint8, ipv4-address, ipv4-address, fqdn[])"),
          // RFC 8973
          ours(147, "v4-dots-ri", "fqdn"),
          ours(148, "v4-dots-address", "ipv4-address[]"),
          // RFC 5859
          ours(150, "tftp-server-address", "ipv4-address[]"),
          // RFC 6926
          ours(151, "status-code", "record(uint8, string(0..))"),
          ours(152, "base-time", "uint32"),
          ours(153, "start-time-of-state", "uint32"),
          ours(154, "query-start-time", "uint32"),
          ours(155, "query-end-time", "uint32"),
          ours(156, "dhcp-state", "uint8"),
          ours(157, "data-source", "uint8"),
          // RFC 7291
          ours(158, "v4-pcp-server", "sized-ipv4-addresses[]"),
          // RFC 7618
          row(159, "v4-portparams", "record(uint8, psid)"),
          // RFC 8520
          ours(161, "mud-url-v4", "string"),
          // RFC 9463
          ours(162, "v4-dnr", "ipv4-resolver[]"),
          // tentatively assigned
          ours(175, "etherboot", "binary"),
          ours(176, "ip-telephone", "binary"),
          ours(177, "packetcable", "binary"),
          // RFC 5071
          ours(208, "loader-magic", "binary(4..4)"),
          ours(209, "loader-configfile", "string"),
          ours(210, "loader-pathprefix", "string"),
          ours(211, "loader-reboottime", "uint32"),
          // RFC 5969
          row(
              212,
              "option-6rd",
              "record(uint8(0..32), uint8(0..128), ipv6-address, ipv4-address[])"),
          // RFC 5986
          row(213, "v4-access-domain", "fqdn"),
          // RFC 6656
          ours(220, "subnet-allocation", "record(uint8, binary(0..))"),
          // RFC 6607
          ours(221, "vss", "record(uint8, binary(0..))"),
          // RFC 3046 and RFC 3256
          inside(RELAY_AGENT, 1, "circuit-id", "binary"),
          inside(RELAY_AGENT, 2, "remote-id", "binary"),
          inside(RELAY_AGENT, 4, "docsis-device-class", "uint32"),
          // RFC 3527
          inside(RELAY_AGENT, 5, "link-selection", "ipv4-address"),
          // RFC 3993
          inside(RELAY_AGENT, 6, "subscriber-id", "string"),
          // RFC 4014
          inside(RELAY_AGENT, 7, "radius", "binary"),
          // RFC 4030
          inside(RELAY_AGENT, 8, "auth", "binary"),
          // RFC 4243
          inside(RELAY_AGENT, 9, "vendor-specific", "record(uint32, binary)"),
          // RFC 5010
          inside(RELAY_AGENT, 10, "relay-flags", "uint8"),
          // RFC 5107
          inside(RELAY_AGENT, 11, "server-id-override", "ipv4-address"),
          // RFC 6925
          inside(RELAY_AGENT, 12, "relay-id", "binary"),
          // RFC 7839
          inside(RELAY_AGENT, 13, "access-techno-type", "record(uint8, uint8)"),
          inside(RELAY_AGENT, 14, "access-network-name", "string"),
          inside(RELAY_AGENT, 15, "access-point-name", "string"),
          inside(RELAY_AGENT, 16, "access-point-bssid", "binary(6..6)"),
          inside(RELAY_AGENT, 17, "operator-id", "uint32"),
          inside(RELAY_AGENT, 18, "operator-realm", "string"),
          // RFC 8357
          inside(RELAY_AGENT, 19, "relay-port", "empty"),
          // RFC 6607
          inside(RELAY_AGENT, 151, "virtual-subnet-select", "record(uint8, binary(0..))"),
          inside(RELAY_AGENT, 152, "virtual-subnet-select-control", "empty"),
          // RFC 3495, RFC 3594 and RFC 3634
          inside(CABLELABS_CLIENT, 1, "primary-dhcp-server", "ipv4-address"),
          inside(CABLELABS_CLIENT, 2, "secondary-dhcp-server", "ipv4-address"),
          inside(CABLELABS_CLIENT, 3, "provisioning-server", "record(uint8(0..1), binary)"),
          inside(CABLELABS_CLIENT, 4, "as-backoff", "record(uint32, uint32, uint32)"),
          inside(CABLELABS_CLIENT, 5, "ap-backoff", "record(uint32, uint32, uint32)"),
          inside(CABLELABS_CLIENT, 6, "kerberos-realm", "fqdn"),
          inside(CABLELABS_CLIENT, 7, "ticket-granting-server", "boolean"),
          inside(CABLELABS_CLIENT, 8, "provisioning-timer", "uint8"),
          inside(CABLELABS_CLIENT, 9, "security-ticket-control", "uint16"),
          inside(CABLELABS_CLIENT, 10, "kdc-addresses", "ipv4-address[]"),
          // RFC 5678
          inside(MOS_ADDRESS, 1, "is-address", "ipv4-address[]"),
          inside(MOS_ADDRESS, 2, "cs-address", "ipv4-address[]"),
          inside(MOS_ADDRESS, 3, "es-address", "ipv4-address[]"),
          inside(MOS_FQDN, 1, "is-fqdn", "fqdn[]"),
          inside(MOS_FQDN, 2, "cs-fqdn", "fqdn[]"),
          inside(MOS_FQDN, 3, "es-fqdn", "fqdn[]"),
          // CableLabs CL-SP-CANN-DHCP-Reg
          inside(CABLELABS, 1, "oro", "uint8[]"),
          inside(CABLELABS, 2, "tftp-servers", "ipv4-address[]"));

  /** The definitions of all rows; those Kea does not know give way to a plan's own. */
  public static final OptionCatalogue CATALOGUE =
      OptionCatalogue.of(definitions(false)).withDefaults(definitions(true));

  private static final Map<Integer, Row> BY_CODE = new HashMap<>();

  static {
    for (Row row : ROWS) {
      if (row.definition().space().equals(DHCP4)) {
        BY_CODE.put(row.definition().code(), row);
      }
    }
  }

  private Dhcp4OptionTable() {}

  /** The row of a code among the options of DHCPv4 messages. */
  public static Optional<Row> row(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /**
   * The name of a code among the options of DHCPv4 messages, or {@code option-N} if it has none.
   */
  public static String name(int code) {
    Row row = BY_CODE.get(code);
    return row == null ? "option-" + code : row.definition().name();
  }

  private static OptionSpace space(String name) {
    return new OptionSpace(name, OptionFraming.NARROW);
  }

  private static List<OptionDefinition> definitions(boolean givingWay) {
    return ROWS.stream().filter(row -> row.givesWay() == givingWay).map(Row::definition).toList();
  }

  /** An option that Kea knows by that name and format. */
  private static Row row(int code, String name, String format) {
    return new Row(OptionDefinition.of(DHCP4, code, name, format), false);
  }

  private static Row row(int code, String name, String format, OptionSpace encapsulates) {
    return new Row(containing(code, name, format, encapsulates), false);
  }

  /** An option that Kea leaves to plans. */
  private static Row ours(int code, String name, String format) {
    return inside(DHCP4, code, name, format);
  }

  private static Row ours(int code, String name, String format, OptionSpace encapsulates) {
    return new Row(containing(code, name, format, encapsulates), true);
  }

  private static Row inside(OptionSpace space, int code, String name, String format) {
    return new Row(OptionDefinition.of(space, code, name, format), true);
  }

  private static OptionDefinition containing(
      int code, String name, String format, OptionSpace encapsulates) {
    return new OptionDefinition(
        DHCP4, code, name, OptionFormat.parse(format), Optional.of(encapsulates));
  }
}
