// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.option.ValueTypes;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.function.Function;

/** Typed keys of the DHCPv6 options that have a structure or that the product's own code uses. */
public final class Dhcp6Options {
  public static final OptionType<Duid> CLIENT_ID = duid(Dhcp6OptionCode.CLIENT_ID, "clientid");
  public static final OptionType<Duid> SERVER_ID = duid(Dhcp6OptionCode.SERVER_ID, "serverid");
  public static final OptionType<IaNa> IA_NA =
      OptionType.of(Dhcp6OptionCode.IA_NA, "ia-na", IaNa::decode, IaNa::encode);
  public static final OptionType<IaTa> IA_TA =
      OptionType.of(Dhcp6OptionCode.IA_TA, "ia-ta", IaTa::decode, IaTa::encode);
  public static final OptionType<IaAddress> IAADDR =
      OptionType.of(Dhcp6OptionCode.IAADDR, "iaaddr", IaAddress::decode, IaAddress::encode);
  public static final OptionType<OptionRequest> ORO = codes(Dhcp6OptionCode.ORO, "oro");
  public static final OptionType<Integer> PREFERENCE =
      ValueTypes.u8(Dhcp6OptionCode.PREFERENCE, "preference");

  /** Hundredths of a second since the client's first message, 65535 for more. */
  public static final OptionType<Integer> ELAPSED_TIME =
      ValueTypes.u16(Dhcp6OptionCode.ELAPSED_TIME, "elapsed-time");

  /** The octets of a relayed message, not looked into. */
  public static final OptionType<Bytes> RELAY_MSG =
      octets(Dhcp6OptionCode.RELAY_MSG, "relay-msg", 1);

  public static final OptionType<Authentication> AUTH =
      OptionType.of(Dhcp6OptionCode.AUTH, "auth", Authentication::decode, Authentication::encode);
  public static final OptionType<Ipv6> UNICAST =
      ValueTypes.whole(Dhcp6OptionCode.UNICAST, "unicast", ByteReader::ipv6, Ipv6::bytes);
  public static final OptionType<StatusCode> STATUS_CODE =
      OptionType.of(
          Dhcp6OptionCode.STATUS_CODE, "status-code", StatusCode::decode, StatusCode::encode);

  /** Present or not; the value is {@link Bytes#EMPTY}. */
  public static final OptionType<Bytes> RAPID_COMMIT =
      ValueTypes.empty(Dhcp6OptionCode.RAPID_COMMIT, "rapid-commit");

  public static final OptionType<List<Bytes>> USER_CLASS =
      OptionType.of(
          Dhcp6OptionCode.USER_CLASS,
          "user-class",
          value -> Tuples.decode(new ByteReader(value)),
          Tuples::encode);
  public static final OptionType<VendorClass> VENDOR_CLASS =
      OptionType.of(
          Dhcp6OptionCode.VENDOR_CLASS, "vendor-class", VendorClass::decode, VendorClass::encode);
  public static final OptionType<VendorOptions> VENDOR_OPTS =
      OptionType.of(
          Dhcp6OptionCode.VENDOR_OPTS, "vendor-opts", VendorOptions::decode, VendorOptions::encode);
  public static final OptionType<Bytes> INTERFACE_ID =
      octets(Dhcp6OptionCode.INTERFACE_ID, "interface-id", 1);

  /** The type of message that the server wants in answer to a Reconfigure. */
  public static final OptionType<Integer> RECONF_MSG =
      ValueTypes.u8(Dhcp6OptionCode.RECONF_MSG, "reconf-msg");

  /** Present or not; the value is {@link Bytes#EMPTY}. */
  public static final OptionType<Bytes> RECONF_ACCEPT =
      ValueTypes.empty(Dhcp6OptionCode.RECONF_ACCEPT, "reconf-accept");

  public static final OptionType<List<Ipv6>> DNS_SERVERS =
      list(Dhcp6OptionCode.DNS_SERVERS, "dns-servers", ByteReader::ipv6, Ipv6::bytes);
  public static final OptionType<List<DomainName>> DOMAIN_SEARCH =
      list(
          Dhcp6OptionCode.DOMAIN_SEARCH,
          "domain-search",
          ByteReader::domainName,
          Dhcp6Options::completeName);
  public static final OptionType<IaPd> IA_PD =
      OptionType.of(Dhcp6OptionCode.IA_PD, "ia-pd", IaPd::decode, IaPd::encode);
  public static final OptionType<IaPrefix> IAPREFIX =
      OptionType.of(Dhcp6OptionCode.IAPREFIX, "iaprefix", IaPrefix::decode, IaPrefix::encode);

  /** Seconds. */
  public static final OptionType<Long> INFORMATION_REFRESH_TIME =
      ValueTypes.u32(Dhcp6OptionCode.INFORMATION_REFRESH_TIME, "information-refresh-time");

  public static final OptionType<RemoteId> REMOTE_ID =
      OptionType.of(Dhcp6OptionCode.REMOTE_ID, "remote-id", RemoteId::decode, RemoteId::encode);
  public static final OptionType<Bytes> SUBSCRIBER_ID =
      octets(Dhcp6OptionCode.SUBSCRIBER_ID, "subscriber-id", 1);
  public static final OptionType<ClientFqdn> CLIENT_FQDN =
      OptionType.of(
          Dhcp6OptionCode.CLIENT_FQDN, "client-fqdn", ClientFqdn::decode, ClientFqdn::encode);

  /** Codes of the relay agent's options to send back (RFC 4994). */
  public static final OptionType<OptionRequest> ERO = codes(Dhcp6OptionCode.ERO, "ero");

  public static final OptionType<Duid> RELAY_ID = duid(Dhcp6OptionCode.RELAY_ID, "relay-id");

  /** What a server tells another of one client (RFC 5007 section 4.1.2.2). */
  public static final OptionType<Options> CLIENT_DATA =
      OptionType.of(Dhcp6OptionCode.CLIENT_DATA, "client-data", Options::decode, Options::encode);

  /** Seconds since the client was heard, before {@link #LQ_BASE_TIME} where there is one. */
  public static final OptionType<Long> CLT_TIME =
      ValueTypes.u32(Dhcp6OptionCode.CLT_TIME, "clt-time");

  public static final OptionType<RelayData> LQ_RELAY_DATA =
      OptionType.of(
          Dhcp6OptionCode.LQ_RELAY_DATA, "lq-relay-data", RelayData::decode, RelayData::encode);

  /** The moment that relative times beside it count from (RFC 7653 section 6.3.1). */
  public static final OptionType<AbsoluteTime> LQ_BASE_TIME =
      ValueTypes.whole(
          Dhcp6OptionCode.LQ_BASE_TIME, "lq-base-time", AbsoluteTime::read, AbsoluteTime::encode);

  /** Options a relay agent supplies for the client (RFC 6422). */
  public static final OptionType<Options> RSOO =
      OptionType.of(Dhcp6OptionCode.RSOO, "rsoo", Options::decode, Options::encode);

  public static final OptionType<PdExclude> PD_EXCLUDE =
      OptionType.of(Dhcp6OptionCode.PD_EXCLUDE, "pd-exclude", PdExclude::decode, PdExclude::encode);

  /** The virtual private network (RFC 6607). */
  public static final OptionType<VirtualNetwork> VSS =
      OptionType.of(Dhcp6OptionCode.VSS, "vss", VirtualNetwork::decode, VirtualNetwork::encode);

  public static final OptionType<HardwareAddress> CLIENT_LINKLAYER_ADDR =
      OptionType.of(
          Dhcp6OptionCode.CLIENT_LINKLAYER_ADDR,
          "client-linklayer-addr",
          Dhcp6Options::hardwareAddress,
          Dhcp6Options::octetsOf);

  /** Seconds. */
  public static final OptionType<Long> SOL_MAX_RT =
      ValueTypes.u32(Dhcp6OptionCode.SOL_MAX_RT, "solmax-rt");

  /** Seconds. */
  public static final OptionType<Long> INF_MAX_RT =
      ValueTypes.u32(Dhcp6OptionCode.INF_MAX_RT, "inf-max-rt");

  /** The UDP port of the relay agent behind this one, 0 for the usual (RFC 8357). */
  public static final OptionType<Integer> RELAY_PORT =
      ValueTypes.u16(Dhcp6OptionCode.RELAY_PORT, "relay-source-port");

  private Dhcp6Options() {}

  private static <T> OptionType<List<T>> list(
      int code, String name, Function<ByteReader, T> read, Function<T, Bytes> encoder) {
    return OptionType.of(
        code,
        name,
        value -> ValueTypes.elements(new ByteReader(value), read),
        elements -> ValueTypes.joined(elements, encoder));
  }

  private static OptionType<Bytes> octets(int code, String name, int minLength) {
    return OptionType.of(
        code,
        name,
        value -> {
          if (value.length() < minLength) {
            throw new MalformedPacketException(MalformedReason.EMPTY_VALUE, value.sourceOffset());
          }
          return value;
        },
        value -> value);
  }

  private static OptionType<OptionRequest> codes(int code, String name) {
    return OptionType.of(code, name, OptionRequest::decode, OptionRequest::codes);
  }

  private static OptionType<Duid> duid(int code, String name) {
    return OptionType.of(code, name, Dhcp6Options::duidOf, Duid::value);
  }

  private static Duid duidOf(Bytes value) {
    if (value.isEmpty()) {
      throw new MalformedPacketException(MalformedReason.EMPTY_VALUE, value.sourceOffset());
    }
    if (value.length() > Duid.MAX_LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.VALUE_TOO_LONG, value.sourceOffset() + Duid.MAX_LENGTH);
    }
    return new Duid(value);
  }

  private static HardwareAddress hardwareAddress(Bytes value) {
    ByteReader in = new ByteReader(value);
    int type = in.u16();
    if (!in.hasRemaining()) {
      throw in.malformed(MalformedReason.TRUNCATED);
    }
    if (in.remaining() > HardwareAddress.MAX_LENGTH) {
      throw in.malformed(MalformedReason.VALUE_TOO_LONG);
    }
    return new HardwareAddress(type, in.rest());
  }

  private static Bytes octetsOf(HardwareAddress address) {
    return new ByteWriter(2 + address.address().length())
        .u16(address.type())
        .bytes(address.address())
        .toBytes();
  }

  private static Bytes completeName(DomainName name) {
    if (name.isPartial()) {
      throw new IllegalArgumentException(name + " is a partial name");
    }
    return name.wire();
  }
}
