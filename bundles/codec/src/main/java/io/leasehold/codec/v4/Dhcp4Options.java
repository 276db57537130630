// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.CompressedNames;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.option.ValueTypes;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv4;
import java.util.List;

/** Typed keys of the DHCPv4 options that have a structure or that the product's own code uses. */
public final class Dhcp4Options {
  public static final OptionType<Ipv4> SUBNET_MASK =
      Values.ipv4(Dhcp4OptionCode.SUBNET_MASK, "subnet-mask");
  public static final OptionType<List<Ipv4>> ROUTERS =
      Values.ipv4List(Dhcp4OptionCode.ROUTERS, "routers");
  public static final OptionType<List<Ipv4>> DOMAIN_NAME_SERVERS =
      Values.ipv4List(Dhcp4OptionCode.DOMAIN_NAME_SERVERS, "domain-name-servers");

  /** Octets that are not UTF-8 are replaced; see {@link Options#raw} for those that came. */
  public static final OptionType<String> HOST_NAME =
      Values.text(Dhcp4OptionCode.HOST_NAME, "host-name");

  public static final OptionType<String> DOMAIN_NAME =
      Values.text(Dhcp4OptionCode.DOMAIN_NAME, "domain-name");
  public static final OptionType<Ipv4> BROADCAST_ADDRESS =
      Values.ipv4(Dhcp4OptionCode.BROADCAST_ADDRESS, "broadcast-address");

  /** A vendor's options, if they are framed as most are (RFC 2132 section 8.4). */
  public static final OptionType<Options> VENDOR_ENCAPSULATED_OPTIONS =
      OptionType.of(
          Dhcp4OptionCode.VENDOR_ENCAPSULATED_OPTIONS,
          "vendor-encapsulated-options",
          OptionFraming.NARROW::decode,
          OptionFraming.NARROW::encode);

  public static final OptionType<Ipv4> REQUESTED_ADDRESS =
      Values.ipv4(Dhcp4OptionCode.REQUESTED_ADDRESS, "dhcp-requested-address");

  /** Seconds; 4294967295 is for ever. */
  public static final OptionType<Long> LEASE_TIME =
      ValueTypes.u32(Dhcp4OptionCode.LEASE_TIME, "dhcp-lease-time");

  /** See {@link Dhcp4MessageType}. */
  public static final OptionType<Integer> MESSAGE_TYPE =
      ValueTypes.u8(Dhcp4OptionCode.MESSAGE_TYPE, "dhcp-message-type");

  public static final OptionType<Ipv4> SERVER_ID =
      Values.ipv4(Dhcp4OptionCode.SERVER_ID, "dhcp-server-identifier");
  public static final OptionType<ParameterRequest> PARAMETER_REQUEST =
      OptionType.of(
          Dhcp4OptionCode.PARAMETER_REQUEST,
          "dhcp-parameter-request-list",
          ParameterRequest::new,
          ParameterRequest::codes);
  public static final OptionType<String> MESSAGE =
      Values.text(Dhcp4OptionCode.MESSAGE, "dhcp-message");

  /** Octets with the headers of IP and UDP, see {@link Dhcp4Message#maxReplyLength}. */
  public static final OptionType<Integer> MAX_MESSAGE_SIZE =
      ValueTypes.u16(Dhcp4OptionCode.MAX_MESSAGE_SIZE, "dhcp-max-message-size");

  /** Seconds until renewing, T1. */
  public static final OptionType<Long> RENEWAL_TIME =
      ValueTypes.u32(Dhcp4OptionCode.RENEWAL_TIME, "dhcp-renewal-time");

  /** Seconds until rebinding, T2. */
  public static final OptionType<Long> REBINDING_TIME =
      ValueTypes.u32(Dhcp4OptionCode.REBINDING_TIME, "dhcp-rebinding-time");

  /** Octets, text by custom. */
  public static final OptionType<Bytes> VENDOR_CLASS =
      Values.octets(Dhcp4OptionCode.VENDOR_CLASS, "vendor-class-identifier", 1);

  /**
   * A type and at least one octet more (RFC 2132 section 9.14); RFC 4361 puts IAID and DUID behind
   * type 255.
   */
  public static final OptionType<Bytes> CLIENT_ID =
      Values.octets(Dhcp4OptionCode.CLIENT_ID, "dhcp-client-identifier", 2);

  public static final OptionType<String> TFTP_SERVER_NAME =
      Values.text(Dhcp4OptionCode.TFTP_SERVER_NAME, "tftp-server-name");
  public static final OptionType<String> BOOT_FILE_NAME =
      Values.text(Dhcp4OptionCode.BOOT_FILE_NAME, "boot-file-name");

  /**
   * Classes, each with its length (RFC 3004). Many clients send one class without a length instead:
   * {@link Options#raw} has what came.
   */
  public static final OptionType<List<Bytes>> USER_CLASS =
      OptionType.of(
          Dhcp4OptionCode.USER_CLASS,
          "user-class",
          value -> Octets.sized(new ByteReader(value)),
          Octets::sized);

  /** Present or not; the value is {@link Bytes#EMPTY}. */
  public static final OptionType<Bytes> RAPID_COMMIT =
      ValueTypes.empty(Dhcp4OptionCode.RAPID_COMMIT, "rapid-commit");

  public static final OptionType<Dhcp4ClientFqdn> CLIENT_FQDN =
      OptionType.of(
          Dhcp4OptionCode.CLIENT_FQDN, "fqdn", Dhcp4ClientFqdn::decode, Dhcp4ClientFqdn::encode);
  public static final OptionType<RelayAgentInfo> RELAY_AGENT_INFO =
      OptionType.of(
          Dhcp4OptionCode.RELAY_AGENT_INFO,
          "dhcp-agent-options",
          RelayAgentInfo::decode,
          RelayAgentInfo::encode);

  /** Processor architectures (RFC 4578 section 2.1), the preferred first. */
  public static final OptionType<List<Integer>> CLIENT_ARCH =
      Values.list(Dhcp4OptionCode.CLIENT_ARCH, "client-system", ByteReader::u16, Dhcp4Options::u16);

  /** Three octets: type, major and minor revision of the network interface's programs. */
  public static final OptionType<Bytes> CLIENT_NDI =
      ValueTypes.whole(Dhcp4OptionCode.CLIENT_NDI, "client-ndi", in -> in.bytes(3), value -> value);

  /** A type, 0 for a GUID, and the identifier. */
  public static final OptionType<Bytes> CLIENT_UUID =
      Values.octets(Dhcp4OptionCode.CLIENT_UUID, "uuid-guid", 2);

  /** Seconds for which a client that can do without IPv4 does (RFC 8925). */
  public static final OptionType<Long> V6ONLY =
      ValueTypes.u32(Dhcp4OptionCode.V6ONLY, "v6-only-preferred");

  /** A URI. */
  public static final OptionType<String> CAPTIVE_PORTAL =
      Values.text(Dhcp4OptionCode.CAPTIVE_PORTAL, "v4-captive-portal");

  /** Whether the client may choose a link-local address, 1, or must not, 0 (RFC 2563). */
  public static final OptionType<Integer> AUTO_CONFIGURE =
      ValueTypes.u8(Dhcp4OptionCode.AUTO_CONFIGURE, "auto-config");

  public static final OptionType<Ipv4> SUBNET_SELECTION =
      Values.ipv4(Dhcp4OptionCode.SUBNET_SELECTION, "subnet-selection");

  /** Names share their ends on the wire (RFC 3397). */
  public static final OptionType<List<DomainName>> DOMAIN_SEARCH =
      OptionType.of(
          Dhcp4OptionCode.DOMAIN_SEARCH,
          "domain-search",
          value -> Values.elements(value, ByteReader::compressedDomainName),
          CompressedNames::encode);

  public static final OptionType<List<ClasslessRoute>> CLASSLESS_ROUTES =
      Values.list(
          Dhcp4OptionCode.CLASSLESS_ROUTES,
          "classless-static-route",
          ClasslessRoute::read,
          ClasslessRoute::encode);
  public static final OptionType<List<VendorIdentifyingClass>> VIVCO =
      Values.list(
          Dhcp4OptionCode.VIVCO,
          "vivco-suboptions",
          VendorIdentifyingClass::read,
          VendorIdentifyingClass::encode);
  public static final OptionType<List<VendorIdentifyingOptions>> VIVSO =
      Values.list(
          Dhcp4OptionCode.VIVSO,
          "vivso-suboptions",
          VendorIdentifyingOptions::read,
          VendorIdentifyingOptions::encode);
  public static final OptionType<List<Ipv4>> TFTP_SERVER_ADDRESS =
      Values.ipv4List(Dhcp4OptionCode.TFTP_SERVER_ADDRESS, "tftp-server-address");
  public static final OptionType<List<EncryptedResolver>> V4_DNR =
      Values.list(
          Dhcp4OptionCode.V4_DNR, "v4-dnr", EncryptedResolver::read, EncryptedResolver::encode);

  private Dhcp4Options() {}

  private static Bytes u16(int number) {
    return Bytes.of(number >>> 8, number & 0xff);
  }
}
